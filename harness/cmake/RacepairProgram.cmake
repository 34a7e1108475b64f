# racepair_add_program(TARGET <program> EXPECT nothing | EXPECT <kind> IN <function or file> [EXPECT …]
#                      [ARGUMENTS <word>...] [DETECTORS <detector>...] [LABELS <label>...] [TRIALS <n>] [TIMEOUT <seconds>])
#
# Makes a subject of an executable that has a main() of its own, whatever it holds: a stress test, a Catch2 or doctest
# binary. A few objects are linked in, compiled with the program's own flags; started by anybody but racepair, the program
# does what it did. Tests: <program>.canary, and program.<program>.racy or, with EXPECT nothing, program.<program>.fixed.
#
# EXPECT      what must be reported, in the detector's words (data-race, lock-order-inversion, heap-use-after-free …), and
#             the function ("push", "my::Queue::push") or the file ("queue.hpp", "my/queue.hpp") to be blamed: the
#             innermost one of a stack that is not of the standard library. All of it must be reported, and nothing else.
#             Nothing must: then the program must also exit with 0.
# ARGUMENTS   the program's own.
# DETECTORS   which judge it (default: tsan).
# TRIALS      so many runs, each a process (without it: what the detector needs).
cmake_policy(VERSION 3.25)

function(racepair_add_program)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "TARGET;TRIALS;TIMEOUT" "EXPECT;ARGUMENTS;DETECTORS;LABELS")
  racepair_check_arguments(racepair_add_program "TARGET;EXPECT"
    "TARGET, EXPECT, ARGUMENTS, DETECTORS, LABELS, TRIALS, TIMEOUT")
  if(RACEPAIR_EXPLORE)
    message(FATAL_ERROR "usage: racepair_add_program(TARGET ${arg_TARGET} …): the explorer runs cases, not whole programs.")
  endif()
  if(NOT DEFINED arg_DETECTORS)
    set(arg_DETECTORS tsan)
  endif()
  set(where "racepair_add_program(TARGET ${arg_TARGET} …)")
  set(sought "")
  if(NOT arg_EXPECT STREQUAL "nothing")
    set(kinds data-race data-race-vptr heap-use-after-free heap-use-after-free-vptr lock-order-inversion thread-leak
      locked-mutex-destroy mutex-double-lock mutex-invalid-access mutex-bad-unlock mutex-bad-read-lock
      mutex-bad-read-unlock signal-unsafe-call errno-in-signal-handler)
    set(rest ${arg_EXPECT})
    while(rest)
      list(LENGTH rest words)
      if(words LESS 3)
        message(FATAL_ERROR "usage: ${where}: EXPECT is followed by '${rest}'; write EXPECT nothing, or EXPECT data-race IN <function or file>.")
      endif()
      list(POP_FRONT rest kind in place)
      if(NOT kind IN_LIST kinds OR NOT in STREQUAL "IN")
        list(JOIN kinds ", " known)
        message(FATAL_ERROR "usage: ${where}: EXPECT is followed by '${kind} ${in} ${place}'; write EXPECT nothing, or EXPECT <kind> IN <function or file>, the kind being one of ${known}.")
      endif()
      string(APPEND sought "    {R\"racepair(${kind})racepair\", R\"racepair(${place})racepair\"},\n")
    endwhile()
  endif()
  set(arguments "")
  foreach(word IN LISTS arg_ARGUMENTS)
    string(APPEND arguments "    R\"racepair(${word})racepair\",\n")
  endforeach()
  string(REGEX REPLACE "[^A-Za-z0-9_]" "_" name "${arg_TARGET}")
  set(description "${CMAKE_CURRENT_BINARY_DIR}/${arg_TARGET}.racepair.cpp")
  file(CONFIGURE OUTPUT "${description}" @ONLY CONTENT [==[
#include "program.hpp"

namespace racepair::subject {
namespace {

constexpr SoughtReport sought[] = {
@sought@    {nullptr, nullptr}};
constexpr const char* arguments[] = {
@arguments@    nullptr};

}  // namespace

const ProgramDescription program{"@name@", R"racepair(@CMAKE_CURRENT_LIST_FILE@)racepair", sought, arguments};

}  // namespace racepair::subject
]==])
  racepair_compile_like(${arg_TARGET}_evidence ${arg_TARGET} PROGRAM "${description}")
  target_sources(${arg_TARGET} PRIVATE $<TARGET_OBJECTS:${arg_TARGET}_evidence> $<TARGET_OBJECTS:racepair_silent>)
  target_link_libraries(${arg_TARGET} PRIVATE Threads::Threads)
  # The objects are C++, whatever the program is written in.
  set_target_properties(${arg_TARGET} PROPERTIES LINKER_LANGUAGE CXX)
  racepair_add_tests(${arg_TARGET})
endfunction()
