set(passed
  tally_cases.canary
  library.tally.racy
  library.tally.header
  library.tally.compiled
  tally_cases_mutated.canary
  library.tally.header_mutated
  lane.canary
  stress.canary
  program.stress.racy
  unit-test.canary
  program.unit_test.fixed)
set(failed
  library.tally.compiled_mutated
  lost_canary.canary
  ignored_canary.canary)
set(said
  "MISSED library.tally.compiled_mutated"
  "no ThreadSanitizer runtime is linked into the subject, which was compiled without -fsanitize=thread"
  "ignored by list ${source}/blind/ignore.txt")

# The lane that looked is muted: it fails, and says by what.
execute_process(COMMAND "${CMAKE_COMMAND}" -E env "TSAN_OPTIONS=report_bugs=0"
  "${CMAKE_CTEST_COMMAND}" --test-dir "${binary}" -R "^lane.canary$" --output-on-failure
  RESULT_VARIABLE status OUTPUT_VARIABLE muted ERROR_VARIABLE muted)
foreach(words "NOT_INSTRUMENTED" "the canary's race is not reported: muted by report_bugs=0 of TSAN_OPTIONS")
  string(FIND "${muted}" "${words}" at)
  if(status EQUAL 0 OR at EQUAL -1)
    message(FATAL_ERROR "a muted canary: status ${status}, expected another and '${words}':\n${muted}")
  endif()
endforeach()

# Started by anybody else, a program does what it did.
execute_process(COMMAND "${binary}/stress" 0 "two words" RESULT_VARIABLE status OUTPUT_VARIABLE said_by_itself
  ERROR_VARIABLE said_by_itself)
if(NOT status EQUAL 7 OR NOT said_by_itself STREQUAL "")
  message(FATAL_ERROR "stress alone: status ${status}, expected 7; it prints '${said_by_itself}', expected nothing")
endif()

# Whatever the project's flags are (here none, so clang does not optimise), what runs inside the runtime calls nothing that
# the runtime watches.
find_program(nm nm)
file(GLOB objects "${binary}/racepair/CMakeFiles/racepair_silent.dir/*.o")
include("${source}/../../freestanding.cmake")
