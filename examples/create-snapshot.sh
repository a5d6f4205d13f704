#!/bin/sh
# Calls the API with nothing but openssl, which signs, and curl, which sends.
#
#   create-snapshot.sh DISK-ID [NAME]          takes a snapshot of a disk
#   create-snapshot.sh --call ACTION [JSON]    calls any action; JSON is {} when left out, and read from stdin when -
#
# Prints the answer, one line of JSON, and ends with 1 when it is a refusal.
#
# The key comes from the environment: TIDEMARK_SECRET_ID, TIDEMARK_SECRET_KEY, TIDEMARK_REGION and TIDEMARK_ENDPOINT
# (http://127.0.0.1:8780); what is not set there is read from the file "credentials" in TIDEMARK_DATA (data), where a
# server writes it. For other products of the API set TIDEMARK_SERVICE (cbs) and TIDEMARK_VERSION (2017-03-12). For a server
# with a certificate of its own set CURL_CA_BUNDLE to its CA file.
#
# The scheme is TC3-HMAC-SHA256; docs/protocols/signature.md describes it. While openssl runs, the day's signing keys
# are among its arguments, where users of the same machine may see them.
set -eu

usage() {
    sed -n '2,/^set -eu/s/^# \{0,1\}//p' "$0" | sed '$d' >&2
    exit 2
}

# The value of a name in the credentials file, or nothing.
credential() {
    file="${TIDEMARK_DATA:-data}/credentials"
    [ ! -r "$file" ] || sed -n "s/^$1 = //p" "$file"
}

# The SHA-256 of a text, in hexadecimal.
sha256() {
    printf '%s' "$1" | openssl dgst -sha256 | sed 's/^.* //'
}

# The HMAC-SHA256 of a text under a key, both key and result in hexadecimal.
hmac() {
    printf '%s' "$2" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$1" | sed 's/^.* //'
}

# A text within the quotes of JSON.
quoted() {
    printf '%s' "$1" | sed 's/[\\"]/\\&/g'
}

# The Authorization header of a request: a canonical text of the request, its hash in a text to sign, and the HMAC of
# that under a key which is good for one day and one service.
authorization() {
    scope="$day/$service/tc3_request"
    canonical="POST
/

content-type:application/json
host:$host

content-type;host
$(sha256 "$body")"
    to_sign="TC3-HMAC-SHA256
$timestamp
$scope
$(sha256 "$canonical")"

    key=$(printf 'TC3%s' "$secret_key" | od -An -v -tx1 | tr -d ' \n')
    key=$(hmac "$key" "$day")
    key=$(hmac "$key" "$service")
    key=$(hmac "$key" tc3_request)
    printf 'TC3-HMAC-SHA256 Credential=%s/%s, SignedHeaders=content-type;host, Signature=%s' \
        "$secret_id" "$scope" "$(hmac "$key" "$to_sign")"
}

case "${1:-}" in
    '' | -h | --help) usage ;;
    --call)
        [ $# -ge 2 ] || usage
        action=$2
        body=${3:-'{}'}
        [ "$body" != - ] || body=$(cat)
        ;;
    *)
        action=CreateSnapshot
        body="{\"DiskId\":\"$(quoted "$1")\",\"SnapshotName\":\"$(quoted "${2:-unnamed}")\"}"
        ;;
esac

secret_id=${TIDEMARK_SECRET_ID:-$(credential secret_id)}
secret_key=${TIDEMARK_SECRET_KEY:-$(credential secret_key)}
region=${TIDEMARK_REGION:-$(credential region)}
endpoint=${TIDEMARK_ENDPOINT:-$(credential endpoint)}
if [ -z "$secret_id" ] || [ -z "$secret_key" ] || [ -z "$region" ] || [ -z "$endpoint" ]; then
    echo "No key: set TIDEMARK_DATA to the server's data folder, or TIDEMARK_SECRET_ID, TIDEMARK_SECRET_KEY," \
        "TIDEMARK_REGION and TIDEMARK_ENDPOINT." >&2
    exit 2
fi

service=${TIDEMARK_SERVICE:-cbs}
host=$(printf '%s' "${endpoint#*://}" | sed 's|/.*||' | tr 'A-Z' 'a-z')
# One call, so that the second and the day belong together also at midnight.
now=$(date -u '+%s %Y-%m-%d')
timestamp=${now% *}
day=${now#* }

answer=$(curl --silent --show-error --fail --max-time 60 "$endpoint" \
    --header "Authorization: $(authorization)" \
    --header "Content-Type: application/json" \
    --header "Host: $host" \
    --header "X-TC-Action: $action" \
    --header "X-TC-Region: $region" \
    --header "X-TC-Timestamp: $timestamp" \
    --header "X-TC-Version: ${TIDEMARK_VERSION:-2017-03-12}" \
    --data-raw "$body")
printf '%s\n' "$answer"
case "$answer" in
    '{"Response":{"Error":'*) exit 1 ;;
esac
