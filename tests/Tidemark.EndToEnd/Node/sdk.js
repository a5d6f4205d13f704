'use strict';

// What the parts of the life cycle share: the SDK's clients of one server, and ways to ask and to wait.

const tencentcloud = require('tencentcloud-sdk-nodejs');

const endpoint = required('TIDEMARK_ENDPOINT').replace(/^https?:\/\//, '').replace(/\/$/, '');
const protocol = required('TIDEMARK_ENDPOINT').startsWith('https') ? 'https://' : 'http://';
const region = required('TIDEMARK_REGION');
const zone = required('TIDEMARK_ZONE');
const waitTimeMaxMs = 30_000;
const waitPauseMs = 100;

function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set.`);
  return value;
}

// A client of a product; how: {signMethod, httpProfile: {reqMethod}} as the SDK has it.
function connect(Client, how = {}) {
  return new Client({
    credential: { secretId: required('TIDEMARK_SECRET_ID'), secretKey: required('TIDEMARK_SECRET_KEY') },
    region,
    profile: {
      ...how,
      httpProfile: { endpoint, protocol, reqTimeout: 60, ...how.httpProfile },
    },
  });
}

const { cbs, cvm, sts, tag } = tencentcloud;

module.exports = {
  connect,
  region,
  zone,
  Cbs: cbs.v20170312.Client,
  Cvm: cvm.v20170312.Client,
  Sts: sts.v20180813.Client,
  Tag: tag.v20180813.Client,

  // The members that every new disk needs.
  newDisk: { Placement: { Zone: zone }, DiskChargeType: 'POSTPAID_BY_HOUR', DiskType: 'CLOUD_SSD', DiskSize: 20 },

  // Asks until the answer is good, and returns it.
  async waitFor(what, ask, isGood) {
    const started = Date.now();
    for (;;) {
      const answer = await ask();
      if (isGood(answer)) return answer;
      if (Date.now() - started > waitTimeMaxMs) throw new Error(`Not ${what} in time: ${JSON.stringify(answer)}`);
      await new Promise((resolve) => setTimeout(resolve, waitPauseMs));
    }
  },

  // The code of a refusal, as the SDK reports it.
  async codeOf(call) {
    try {
      await call();
    } catch (refusal) {
      if (!refusal.code || !refusal.requestId) throw refusal;
      return refusal.code;
    }
    return 'no refusal';
  },
};
