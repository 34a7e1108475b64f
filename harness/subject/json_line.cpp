#include "json_line.hpp"

#include "silent.hpp"

namespace racepair::subject {
namespace {

/// How many bytes the UTF-8 sequence at `bytes` has, or 0 if it is none.
unsigned long utf8_length(const unsigned char* bytes, unsigned long left) {
    unsigned long length = 0;
    unsigned long lowest = 0x80;  // of the second byte: rules out overlong forms and surrogates
    unsigned long highest = 0xBF;
    if (bytes[0] >= 0xC2 && bytes[0] <= 0xDF) {
        length = 2;
    } else if (bytes[0] >= 0xE0 && bytes[0] <= 0xEF) {
        length = 3;
        if (bytes[0] == 0xE0) lowest = 0xA0;
        if (bytes[0] == 0xED) highest = 0x9F;
    } else if (bytes[0] >= 0xF0 && bytes[0] <= 0xF4) {
        length = 4;
        if (bytes[0] == 0xF0) lowest = 0x90;
        if (bytes[0] == 0xF4) highest = 0x8F;
    }
    if (length == 0 || length > left || bytes[1] < lowest || bytes[1] > highest) return 0;
    for (unsigned long i = 2; i < length; ++i)
        if (bytes[i] < 0x80 || bytes[i] > 0xBF) return 0;
    return length;
}

}  // namespace

JsonLine::JsonLine(char* buffer, unsigned long capacity)
    : buffer_(buffer), capacity_(capacity), size_(0), needs_comma_(false), fits_(true) {}

JsonLine& JsonLine::record(const char* name) {
    size_ = 0;
    fits_ = true;
    needs_comma_ = false;
    open('{');
    return key("record").text(name);
}

JsonLine& JsonLine::end() {
    close('}');
    return *this;
}

JsonLine& JsonLine::key(const char* name) {
    text(name);
    put(':');
    needs_comma_ = false;
    return *this;
}

JsonLine& JsonLine::text(const char* value) {
    unsigned long length = 0;
    if (value != nullptr)
        while (value[length] != '\0') ++length;
    return text(value, length);
}

JsonLine& JsonLine::text(const char* value, unsigned long length) {
    static const char hex[] = "0123456789abcdef";
    const auto* bytes = reinterpret_cast<const unsigned char*>(value);
    separate();
    put('"');
    for (unsigned long i = 0; i < length;) {
        const unsigned char byte = bytes[i];
        if (byte == '"' || byte == '\\') {
            put('\\');
            put(static_cast<char>(byte));
            ++i;
        } else if (byte < 0x20 || byte == 0x7F) {
            put_all("\\u00");
            put(hex[byte >> 4]);
            put(hex[byte & 15]);
            ++i;
        } else if (byte < 0x80) {
            put(static_cast<char>(byte));
            ++i;
        } else if (const unsigned long width = utf8_length(bytes + i, length - i)) {
            for (unsigned long end = i + width; i < end; ++i) put(static_cast<char>(bytes[i]));
        } else {
            put_all("\\ufffd");
            ++i;
        }
    }
    put('"');
    needs_comma_ = true;
    return *this;
}

JsonLine& JsonLine::number(long long value) {
    char digits[24];
    int count = 0;
    // Not negated as a whole: the lowest value has no positive counterpart.
    unsigned long long rest = value < 0 ? 0ULL - static_cast<unsigned long long>(value)
                                        : static_cast<unsigned long long>(value);
    do {
        digits[count++] = static_cast<char>('0' + rest % 10);
        rest /= 10;
    } while (rest != 0);
    separate();
    if (value < 0) put('-');
    while (count > 0) put(digits[--count]);
    needs_comma_ = true;
    return *this;
}

JsonLine& JsonLine::millionths(long long value) {
    separate();
    needs_comma_ = false;
    if (value < 0) put('-');
    const unsigned long long rest = value < 0 ? 0ULL - static_cast<unsigned long long>(value)
                                              : static_cast<unsigned long long>(value);
    number(static_cast<long long>(rest / 1000000));
    put('.');
    for (unsigned long long unit = 100000; unit > 0; unit /= 10)
        put(static_cast<char>('0' + rest / unit % 10));
    return *this;
}

JsonLine& JsonLine::boolean(bool value) {
    separate();
    put_all(value ? "true" : "false");
    needs_comma_ = true;
    return *this;
}

JsonLine& JsonLine::address(const void* value) {
    char digits[20];
    int count = 0;
    auto rest = reinterpret_cast<unsigned long>(value);
    do {
        digits[count++] = "0123456789abcdef"[rest & 15];
        rest >>= 4;
    } while (rest != 0);
    separate();
    put_all("\"0x");
    while (count > 0) put(digits[--count]);
    put('"');
    needs_comma_ = true;
    return *this;
}

JsonLine& JsonLine::begin_array() {
    open('[');
    return *this;
}

JsonLine& JsonLine::end_array() {
    close(']');
    return *this;
}

JsonLine& JsonLine::begin_object() {
    open('{');
    return *this;
}

JsonLine& JsonLine::end_object() {
    close('}');
    return *this;
}

const char* JsonLine::data() const { return buffer_; }
unsigned long JsonLine::size() const { return size_; }
bool JsonLine::fits() const { return fits_; }

void JsonLine::put(char byte) {
    if (size_ < capacity_)
        buffer_[size_++] = byte;
    else
        fits_ = false;
}

void JsonLine::put_all(const char* bytes) {
    for (; *bytes != '\0'; ++bytes) put(*bytes);
}

void JsonLine::separate() {
    if (needs_comma_) put(',');
}

void JsonLine::open(char bracket) {
    separate();
    put(bracket);
    needs_comma_ = false;
}

void JsonLine::close(char bracket) {
    put(bracket);
    needs_comma_ = true;
}

}  // namespace racepair::subject
