# racepair_add_canary(TARGET <name> LIKE <library or program>
#                     [DETECTORS <detector>...] [LABELS <label>...] [TIMEOUT <seconds>])
#
# Adds the program <name>, a canary: a race that must be reported and a repair that must not be; and the test
# <name>.canary. It is compiled with the options, definitions and ignorelists of that target, so that a build or a CI job
# whose tests cannot see races any more fails, and says why: compiled without -fsanitize=thread, ignored by a list, muted
# by report_bugs=0, hidden by a suppression.
#
# DETECTORS   which have to see it (default: tsan, or explore with RACEPAIR_EXPLORE): not being built for it is what has to be
#             noticed.
#
# What it cannot be like: flags that single source files of the target have; ignorelists that name functions or files
# rather than folders.
cmake_policy(VERSION 3.25)

function(racepair_add_canary)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "TARGET;LIKE;TIMEOUT" "DETECTORS;LABELS")
  racepair_check_arguments(racepair_add_canary "TARGET;LIKE" "TARGET, LIKE, DETECTORS, LABELS, TIMEOUT")
  if(NOT DEFINED arg_DETECTORS)
    set(arg_DETECTORS tsan)
    if(RACEPAIR_EXPLORE)
      set(arg_DETECTORS explore)
    endif()
  endif()
  racepair_compile_like(${arg_TARGET} ${arg_LIKE} CANARY)
  racepair_add_tests(${arg_TARGET} ONLY_CANARY)
endfunction()
