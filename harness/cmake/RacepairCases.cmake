# racepair_add_cases(TARGET <name> SOURCES <file>...
#                    [LINK_LIBRARIES <library>...] [DETECTORS <detector>...] [LABELS <label>...]
#                    [TRIALS <n>] [TIMEOUT <seconds>] [MUTATE])
#
# Adds a program that holds the cases of these sources, compiled with the flags of the project, and a test for each case
# and variant: `ctest` lists them as <mechanism>.<case>.<variant>, labelled with mechanism, kind, detector and LABELS.
# Before all of them runs <name>.canary; if it fails, none of them runs. Each source must register a case.
#
# DETECTORS   which detectors judge: plain, tsan, helgrind, drd, explore, thread_safety. Each has tests of its own, whose
#             names end with it where there are several; one that the program is not built for fails them. Without it: the
#             one that the program is built for.
# LABELS      not of capital letters alone: such a word is taken for a misspelt keyword.
# TRIALS      so many trials of each variant; without it, what the detector needs.
# TIMEOUT     when a process of the program counts as hung (default: 60).
# MUTATE      proof by removal. Adds <name>_mutated: the same sources compiled with RACEPAIR_MUTATE defined, under which
#             the code has to leave out what synchronises it. Each fixed variant is in it, as <variant>_mutated, and has to
#             fail as the case's broken variant does. A repair that nothing goes wrong without was never tested.
#
# The tests are found when CTest starts, because only the built program knows them, and on the machine where they will
# run. What cannot be listed becomes a test that fails and says why.
cmake_policy(VERSION 3.25)

function(racepair_add_cases)
  cmake_parse_arguments(PARSE_ARGV 0 arg "MUTATE" "TARGET;TRIALS;TIMEOUT"
    "SOURCES;LINK_LIBRARIES;DETECTORS;LABELS")
  racepair_check_arguments(racepair_add_cases "TARGET;SOURCES"
    "TARGET, SOURCES, LINK_LIBRARIES, DETECTORS, LABELS, TRIALS, TIMEOUT, MUTATE")

  set(targets ${arg_TARGET})
  if(arg_MUTATE)
    list(APPEND targets ${arg_TARGET}_mutated)
  endif()
  foreach(target IN LISTS targets)
    add_executable(${target} ${arg_SOURCES})
    target_link_libraries(${target} PRIVATE ${arg_LINK_LIBRARIES})
    racepair_make_subject(${target})
    racepair_add_tests(${target} SOURCES ${arg_SOURCES})
  endforeach()
  if(arg_MUTATE)
    target_compile_definitions(${arg_TARGET}_mutated PRIVATE RACEPAIR_MUTATE=1)
  endif()
endfunction()
