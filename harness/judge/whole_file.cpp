#include "whole_file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace racepair::judge {

void write_whole(const std::string& path, std::string_view text) {
    const std::filesystem::path place(path);
    const std::string beside = fmt::format("{}.{}.part", path, getpid());
    std::error_code error;
    if (place.has_parent_path()) std::filesystem::create_directories(place.parent_path(), error);
    std::ofstream out(beside, std::ios::binary);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.close();
    if (out.fail()) {
        std::filesystem::remove(beside, error);
        throw std::runtime_error("cannot write " + path +
                                 ": is the folder there, and is it yours?");
    }
    std::filesystem::rename(beside, place, error);
    if (error) {
        const std::string cause = error.message();
        std::filesystem::remove(beside, error);
        throw std::runtime_error("cannot write " + path + ": " + cause);
    }
}

}  // namespace racepair::judge
