# The same project with racepair in it and without: what it compiles, how, its tests and its variables must be the same.
# Takes source, binary, racepair and judge.
file(REMOVE_RECURSE "${binary}")
foreach(way without with)
  set(embed OFF)
  if(way STREQUAL "with")
    set(embed ON)
  endif()
  execute_process(COMMAND "${CMAKE_COMMAND}" -S "${source}" -B "${binary}/${way}" -G Ninja "-DEMBED=${embed}"
      "-DFETCHCONTENT_SOURCE_DIR_RACEPAIR=${racepair}" "-DRACEPAIR_JUDGE_FROM=${judge}"
      -DCMAKE_EXPORT_COMPILE_COMMANDS=ON
    OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "${output}")
  endif()

  # Of all that is compiled, the project's own.
  file(READ "${binary}/${way}/compile_commands.json" commands)
  string(JSON number LENGTH "${commands}")
  math(EXPR last "${number} - 1")
  set(commands_${way} "")
  set(others_${way} 0)
  foreach(i RANGE ${last})
    string(JSON file GET "${commands}" ${i} file)
    if(file MATCHES "^${source}/")
      string(JSON command GET "${commands}" ${i} command)
      string(APPEND commands_${way} "${command}\n")
    else()
      math(EXPR others_${way} "${others_${way}} + 1")
    endif()
  endforeach()
  string(REPLACE "${binary}/${way}" "${binary}" commands_${way} "${commands_${way}}")

  execute_process(COMMAND "${CMAKE_CTEST_COMMAND}" --test-dir "${binary}/${way}" --show-only=json-v1
    OUTPUT_VARIABLE tests COMMAND_ERROR_IS_FATAL ANY)
  string(JSON tests_${way} GET "${tests}" tests)
  string(REPLACE "${binary}/${way}" "${binary}" tests_${way} "${tests_${way}}")
  file(READ "${binary}/${way}/state.txt" state_${way})
  string(REPLACE "${binary}/${way}" "${binary}" state_${way} "${state_${way}}")
endforeach()

if(commands_without STREQUAL "" OR others_with EQUAL 0 OR NOT others_without EQUAL 0)
  message(FATAL_ERROR "nothing proven: ${others_with} files of racepair, ${others_without} without it, and of the project:\n${commands_without}")
endif()
foreach(what commands tests state)
  if(NOT ${what}_with STREQUAL ${what}_without)
    message(SEND_ERROR "${what} without racepair:\n${${what}_without}\n${what} with it:\n${${what}_with}")
  endif()
endforeach()
