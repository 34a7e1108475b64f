#include "whole_file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <vector>

namespace racepair::judge {

std::string read_whole(const std::string& path, std::size_t most) {
    if (std::filesystem::is_directory(path))
        throw std::runtime_error("cannot read " + path + ": it is a folder");
    std::ifstream in(path, std::ios::binary);
    if (!in)
        throw std::runtime_error(fmt::format("cannot read {}: {}", path, std::strerror(errno)));
    std::string text;
    std::vector<char> piece(std::size_t{1} << 20);
    while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0) {
        text.append(piece.data(), static_cast<std::size_t>(in.gcount()));
        if (text.size() > most)
            throw std::runtime_error(
                fmt::format("cannot read {}: it is larger than {} MB", path, most / 1'000'000));
    }
    return text;
}

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
