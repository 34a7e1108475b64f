# Misuse of a channel's ends must not compile, and for no other reason than that misuse: the compiler has to complain
# once, in these words, and the same source without the misuse has to compile. Takes compiler, includes and source.
function(compile result output)
  execute_process(COMMAND "${CMAKE_COMMAND}" -E env LC_ALL=C
      "${compiler}" -std=c++20 -fsyntax-only "-I${includes}" ${ARGN} "${source}"
    RESULT_VARIABLE status OUTPUT_VARIABLE text ERROR_VARIABLE text)
  set(${result} "${status}" PARENT_SCOPE)
  set(${output} "${text}" PARENT_SCOPE)
endfunction()

function(must_not_compile misuse reason)
  compile(status text "-D${misuse}")
  string(REPLACE ";" "," text "${text}")  # which would part a list
  string(REGEX MATCHALL "channel_misuse.cpp:[0-9:]+ error: [^\n]*" errors "${text}")
  list(LENGTH errors count)
  if(status EQUAL 0)
    message(SEND_ERROR "${misuse} compiles")
  elseif(NOT count EQUAL 1 OR NOT errors MATCHES "${reason}")
    message(SEND_ERROR "${misuse} does not compile, but not because of '${reason}':\n${text}")
  endif()
endfunction()

compile(status text)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "without any misuse it does not compile either:\n${text}")
endif()
must_not_compile(SEND_ON_RECEIVER "no member named 'send'")
must_not_compile(CLOSE_RECEIVER "no member named 'close'")
must_not_compile(RECEIVE_FROM_SENDER "no member named 'receive'")
must_not_compile(MAKE_RECEIVER_OF_SENDER "(no viable conversion|conversion) from '.*sender<int>' to .*receiver<int>")
must_not_compile(MAKE_SENDER_OF_RECEIVER "(no viable conversion|conversion) from '.*receiver<int>' to .*sender<int>")
must_not_compile(COPY_CHANNEL "deleted")
