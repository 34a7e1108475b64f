#pragma once

namespace racepair::subject {

/// Writes one JSON object, on one line, into a buffer of the caller's. Never allocates and never
/// calls the standard library, so that it may be used inside a detector's runtime. Text that is not
/// UTF-8 is made so; what does not fit is left out and fits() says so.
class JsonLine {
   public:
    JsonLine(char* buffer, unsigned long capacity);

    /// Starts again with `{"record":"<name>"`.
    JsonLine& record(const char* name);
    /// Closes the object. The line break is the channel's.
    JsonLine& end();

    JsonLine& key(const char* name);
    JsonLine& text(const char* value);
    JsonLine& text(const char* value, unsigned long length);
    JsonLine& number(long long value);
    /// As a decimal fraction: 250000 is 0.250000.
    JsonLine& millionths(long long value);
    JsonLine& boolean(bool value);
    /// As text, "0x…": JSON numbers are not wide enough.
    JsonLine& address(const void* value);
    JsonLine& begin_array();
    JsonLine& end_array();
    JsonLine& begin_object();
    JsonLine& end_object();

    const char* data() const;
    unsigned long size() const;
    bool fits() const;

   private:
    void put(char byte);
    void put_all(const char* bytes);
    void separate();
    void open(char bracket);
    void close(char bracket);

    char* buffer_;
    unsigned long capacity_;
    unsigned long size_;
    bool needs_comma_;
    bool fits_;
};

}  // namespace racepair::subject
