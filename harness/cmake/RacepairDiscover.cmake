# Run by CTest when it starts: adds the tests of one subject. Takes racepair, subject, target, files, results and build.

set(expect "")
foreach(file IN LISTS files)
  list(APPEND expect --expect-file "${file}")
endforeach()
set(list_command "${racepair}" list "${subject}" --ctest "${target}" --judge "${racepair}" --results-dir "${results}" ${expect})

if(NOT EXISTS "${racepair}" OR NOT EXISTS "${subject}")
  # CTest cannot find this program and counts the test as failed: nothing is built, nothing may be green.
  add_test("${target}.is_built" "${subject}")
else()
  execute_process(COMMAND ${list_command} RESULT_VARIABLE failed OUTPUT_VARIABLE tests ERROR_VARIABLE complaint)
  if(failed)
    # The test is the same command again, so that its message stands in CTest's log.
    add_test("${target}.can_be_listed" ${list_command})
  else()
    cmake_language(EVAL CODE "${tests}")
  endif()
endif()
