# shellcheck shell=bash
# The tests, for ../run: what they run with, and what they count.

# Processes of the tests live for a minute or less: compiling their code once more to make it faster later does not pay.
live_shortly() { export DOTNET_TC_CallCountThreshold=0x800 DOTNET_TieredPGO=0; }

passed=0 failed=0 skipped=0

add_counts() { passed=$((passed + $1)); failed=$((failed + $2)); skipped=$((skipped + $3)); }

# One .NET test project. What it counted stands in its TRX file; a runner that fell over without a failed test counts as a failure.
dotnet_tests() {
  local name=$1 filter=${2:-} result=0 counts
  local trx=$results/$name.trx
  say "== $name"
  dotnet test "tests/$name/bin/Debug/net10.0/$name.dll" --nologo --logger 'console;verbosity=minimal' --logger "trx;LogFileName=$trx" \
    --results-directory "$results" --blame-hang-timeout 6m --blame-hang-dump-type none ${filter:+--filter "$filter"} </dev/null || result=$?
  counts=$(grep -o '<Counters [^>]*' "$trx" 2>/dev/null | tail -n 1 || true)
  number() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counts"; }
  local all ran good bad
  all=$(number total) ran=$(number executed) good=$(number passed)
  bad=$((${ran:-0} - ${good:-0}))
  if [ $result != 0 ] && [ $bad = 0 ]; then
    say "$name: the runner ended with exit code $result"
    bad=1
  fi
  add_counts "${good:-0}" $bad $((${all:-0} - ${ran:-0}))
}

# Anything else that passes or fails as a whole.
one_test() {
  local name=$1
  shift
  say "== $name"
  if "$@"; then add_counts 1 0 0; else say "$name failed"; add_counts 0 1 0; fi
}

frontend_tests() {
  local report=$results/frontend.json result=0 counts
  say "== Frontend"
  (cd src/Frontend && npm test --silent -- --reporter=default --reporter=json --outputFile.json="$report") </dev/null || result=$?
  counts=$(node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1])); console.log(r.numPassedTests, r.numFailedTests, r.numPendingTests + (r.numTodoTests ?? 0))' "$report" 2>/dev/null || echo '0 0 0')
  # shellcheck disable=SC2086
  set -- $counts
  if [ $result != 0 ] && [ "$2" = 0 ]; then set -- "$1" 1 "$3"; fi
  add_counts "$1" "$2" "$3"
}

in_frontend() { (cd src/Frontend && "$@"); }

# Everything of the web app, beside tests that mostly wait; told when those are over.
aside=
frontend_aside() {
  [ -f src/Frontend/package.json ] || return 0
  (
    passed=0 failed=0 skipped=0
    frontend_tests
    one_test 'Frontend lint' in_frontend npm run --silent lint
    one_test 'Frontend types' in_frontend npx --no-install tsc -b --noEmit
    one_test 'Frontend API types' in_frontend node scripts/check-schema.mjs
    one_test 'Frontend first load' in_frontend node scripts/bundle-size.mjs
    echo "$passed $failed $skipped" >"$results/frontend.counts"
  ) >"$results/frontend.log" 2>&1 </dev/null &
  aside=$!
}

# By name and reason once more, below all that was printed in between.
tell_failed() {
  local trx
  for trx in "$results"/*.trx; do
    [ -f "$trx" ] || continue
    awk '
      /<UnitTestResult / { name = ""; if (/outcome="Failed"/) { name = $0; sub(/.*testName="/, "", name); sub(/".*/, "", name) } }
      name != "" && /<Message>/ { told = 0; print "failed: " name; reason = 1; sub(/.*<Message>/, "") }
      reason { line = $0; sub(/<\/Message>.*/, "", line); if (told++ < 6) print "  " substr(line, 1, 300) }
      /<\/Message>/ { reason = 0 }
    ' "$trx"
  done
}

frontend_result() {
  [ -n "$aside" ] || return 0
  wait $aside || true
  cat "$results/frontend.log"
  local counts
  counts=$(cat "$results/frontend.counts" 2>/dev/null || echo '0 1 0')
  # shellcheck disable=SC2086
  add_counts $counts
}

# All rounds of the chaos suite, which starts, breaks and ends servers of its own.
chaos_tests() {
  need_sdk; need_programs
  results=$state/test-results
  rm -rf "$results" && mkdir -p "$results"
  say "Building"
  build tests/Chaos.Tests || { say "The build failed."; say "0 passed, 1 failed"; exit 1; }
  tests/precompile
  live_shortly
  CHAOS_ROUNDS=${CHAOS_ROUNDS:-50} dotnet_tests Chaos.Tests 'FullyQualifiedName~ChaosRounds'
  say "$passed passed, $failed failed"
  [ $failed = 0 ]
}

verb_test() {
  local filter=${1:-} project
  if [ "$filter" = chaos ]; then chaos_tests; return; fi
  need_sdk; need_node; need_programs also-chromium
  results=$state/test-results
  rm -rf "$results" && mkdir -p "$results"
  say "Building"
  build || { say "The build failed."; say "0 passed, 1 failed"; exit 1; }
  tests/precompile
  live_shortly
  install_npm tests/Providers.Tests/Fal/client
  install_npm tests/Providers.Tests/Replicate/client
  build_frontend || { say "The frontend's build failed."; say "0 passed, 1 failed"; exit 1; }
  start_test_servers
  for project in tests/*.Tests; do
    # Not beside the first, the chaos suite, whose rounds want the machine to themselves.
    [ "$project" != tests/CostService.Tests ] || [ -n "$filter" ] || frontend_aside
    dotnet_tests "$(basename "$project")" "$filter"
  done
  frontend_result
  stop_test_servers
  trap - EXIT
  tell_failed
  [ $((passed + failed)) -gt 0 ] || { say "No test matches '$filter'."; failed=1; }
  if [ $skipped -gt 0 ]; then say "$passed passed, $failed failed, $skipped skipped"; else say "$passed passed, $failed failed"; fi
  [ $failed = 0 ]
}

