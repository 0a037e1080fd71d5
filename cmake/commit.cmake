# Writes HEADER with the commit of SOURCE, when it changed. GIT may be missing, and SOURCE no checkout.
set(commit "unknown commit")
if(GIT)
  execute_process(COMMAND ${GIT} -C ${SOURCE} describe --always --dirty --abbrev=12
                  OUTPUT_VARIABLE described OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
  if(NOT failed)
    set(commit "${described}")
  endif()
endif()
file(CONFIGURE OUTPUT ${HEADER} CONTENT "#pragma once\n#define HEARSAY_COMMIT \"@commit@\"\n" @ONLY)
