# What runs inside a detector's runtime, or is one, must call nothing that it watches: of a copy of a struct the compiler may
# make a call of memcpy, which counts as an access of the program's, or waits for the runtime's own lock. Takes nm and
# objects.
set(calls 0)
foreach(object IN LISTS objects)
  execute_process(COMMAND "${nm}" --undefined-only "${object}" OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
  if(symbols MATCHES " (mem(cpy|move|set)|malloc|calloc|realloc|_Zn[aw]m|_ZdlPvm?)\n")
    message(SEND_ERROR "${object} calls ${CMAKE_MATCH_1}: see subject/silent.hpp and explorer/CMakeLists.txt")
  endif()
  math(EXPR calls "${calls} + 1")
endforeach()
if(calls EQUAL 0)
  message(FATAL_ERROR "no object was looked at")
endif()
