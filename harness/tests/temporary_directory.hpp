#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace racepair {

/// Its path has spaces; it goes away with the object.
class TemporaryDirectory {
   public:
    TemporaryDirectory() {
        if (mkdtemp(path_.data()) == nullptr) throw std::runtime_error("mkdtemp");
    }
    ~TemporaryDirectory() { std::filesystem::remove_all(path_); }
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

    std::string operator/(const std::string& name) const { return path_ + "/" + name; }

    /// Leaves a file there and returns its path.
    std::string write(const std::string& name, const std::string& text) const {
        const auto path = *this / name;
        std::ofstream(path, std::ios::binary) << text;
        return path;
    }

   private:
    std::string path_ = ::testing::TempDir() + "racepair test XXXXXX";
};

}  // namespace racepair
