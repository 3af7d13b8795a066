#!/bin/sh
# Asks every operation of a running site what its description allows and what it does not, and looks at the answers.
#
# usage: schemathesis.sh http://127.0.0.1:8300      (needs: pip install schemathesis; a site without a limit on requests)
#
# SCHEMATHESIS names the program where it is not on the path; SEED makes a run the same again. Takes at most a minute.
set -eu
program=$(command -v "${SCHEMATHESIS:-schemathesis}")
# It leaves its notes in the folder where it runs.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
"$program" run "$1/api/v1/openapi.json" \
    --checks not_a_server_error,response_schema_conformance,content_type_conformance,status_code_conformance \
    --max-examples "${EXAMPLES:-25}" --max-time 60 --seed "${SEED:-1}" --generation-database none --no-color
