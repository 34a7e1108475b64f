#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <type_traits>

namespace racepair::report::page {

/// Text as it has to stand in HTML, between tags and within quotes alike, so that it is never taken
/// for markup. Bytes that are not UTF-8, control characters and those that turn the direction of
/// writing become U+FFFD.
std::string escaped(std::string_view text);

/// The same of about so many bytes: beginning and end, and how much is left out between them.
std::string escaped(std::string_view text, std::size_t most);

/// HTML under construction. The form is a constant of the program and is markup; what is put into
/// its places is text and is escaped, unless it is a number or markup itself. So no text of a
/// result can become a tag, and none can fill the page. In a tag, the place of a text must stand
/// within quotes.
class Markup {
   public:
    static constexpr std::size_t longest_text = 4000;  // bytes, of one place

    template <class Part>
    static constexpr bool is_number = std::is_arithmetic_v<Part>;

    static std::string safe(std::string_view text) { return escaped(text, longest_text); }
    static const std::string& safe(const Markup& markup) { return markup.text_; }
    template <class Number>
    requires is_number<Number>
    static Number safe(Number number) { return number; }

    template <class Part>
    using Safe = std::remove_cvref_t<decltype(safe(std::declval<const Part&>()))>;

    template <class... Parts>
    Markup& put(fmt::format_string<const Safe<Parts>&...> form, const Parts&... parts) {
        return put_safe(form, safe(parts)...);
    }

    /// Text of which no more than about so many bytes are shown.
    Markup& put_clipped(std::string_view text, std::size_t most) {
        text_ += escaped(text, most);
        return *this;
    }

    bool empty() const { return text_.empty(); }
    std::size_t size() const { return text_.size(); }
    const std::string& text() const { return text_; }

   private:
    template <class... Parts>
    Markup& put_safe(fmt::format_string<const Parts&...> form, const Parts&... parts) {
        fmt::format_to(std::back_inserter(text_), form, parts...);
        return *this;
    }

    std::string text_;
};

}  // namespace racepair::report::page
