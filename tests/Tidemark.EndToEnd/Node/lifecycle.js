'use strict';

// Drives a server through the official SDK: node lifecycle.js PART... (all parts when none is named). The environment
// names the server: TIDEMARK_ENDPOINT, TIDEMARK_SECRET_ID, TIDEMARK_SECRET_KEY, TIDEMARK_REGION, TIDEMARK_ZONE.
// Prints one line of JSON for each part, {"Part", "Milliseconds", "Problem"}; ends with 1 when a part has a problem.

const parts = require('./parts');

async function main(names) {
  for (const name of names) {
    const started = Date.now();
    let problem = null;
    try {
      await parts[name]();
    } catch (failure) {
      problem = `${failure.code ?? ''} ${failure.stack}`.trim();
      process.exitCode = 1;
    }
    console.log(JSON.stringify({ Part: name, Milliseconds: Date.now() - started, Problem: problem }));
  }
}

const names = process.argv.slice(2);
main(names.length > 0 ? names : Object.keys(parts));
