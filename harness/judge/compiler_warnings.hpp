#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace racepair::judge {

/// Where clang's thread-safety analysis warned, and of what.
struct CompilerWarning {
    std::string file;
    int line = 0;
    std::string text;  // "writing variable 'stock' requires holding mutex 'mutex' exclusively"
};

/// The warnings of -Wthread-safety in what clang printed with -fno-caret-diagnostics, one a line:
/// "file:line:column: warning: text [-Wthread-safety…]". All else is passed over.
std::vector<CompilerWarning> thread_safety_warnings(std::string_view printed);

/// The shell command that compiles a source file, from the compile_commands.json that CMake leaves
/// in the folder of a build: looked for beside the program and in the folders above it. Throws
/// std::runtime_error that says what is missing.
std::string compile_command(const std::string& program, const std::string& source);

}  // namespace racepair::judge
