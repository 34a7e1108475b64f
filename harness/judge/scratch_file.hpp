#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace racepair::judge {

/// An empty file in the folder for temporary ones, which goes away with the object. Throws
/// std::runtime_error if none can be made.
class ScratchFile {
   public:
    ScratchFile() {
        const int descriptor = mkstemp(path_.data());
        if (descriptor < 0) throw std::runtime_error("cannot make a file like " + path_);
        close(descriptor);
    }
    ~ScratchFile() {
        std::error_code error;
        std::filesystem::remove(path_, error);
    }
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;

    const std::string& path() const { return path_; }
    void write(const std::string& text) const { std::ofstream(path_, std::ios::binary) << text; }
    std::string text() const {
        std::ifstream in(path_, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }

   private:
    std::string path_ = std::filesystem::temp_directory_path() / "racepair-XXXXXX";
};

}  // namespace racepair::judge
