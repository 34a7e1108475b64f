#include "symbols.hpp"

#include <cxxabi.h>
#include <dwarf.h>
#include <elfutils/libdwfl.h>

#include <charconv>
#include <cstdlib>

namespace racepair::judge {
namespace {

std::string demangled(const char* name) {
    int status = 0;
    char* readable = abi::__cxa_demangle(name, nullptr, nullptr, &status);
    std::string text = status == 0 ? readable : name;
    std::free(readable);
    return text;
}

std::string function_of(Dwarf_Die* scope) {
    Dwarf_Attribute attribute;
    for (const unsigned key : {DW_AT_linkage_name, DW_AT_MIPS_linkage_name})
        if (dwarf_attr_integrate(scope, key, &attribute) != nullptr)
            if (const char* name = dwarf_formstring(&attribute)) return demangled(name);
    const char* name = dwarf_diename(scope);
    return name != nullptr ? name : "";
}

std::optional<Dwarf_Word> number_of(Dwarf_Die* die, unsigned key) {
    Dwarf_Attribute attribute;
    Dwarf_Word number = 0;
    if (dwarf_attr_integrate(die, key, &attribute) == nullptr ||
        dwarf_formudata(&attribute, &number) != 0)
        return std::nullopt;
    return number;
}

/// Where an inlined function was called from.
void put_call(Dwarf_Die* unit, Dwarf_Die* inlined, Frame& frame) {
    Dwarf_Files* files = nullptr;
    std::size_t count = 0;
    const auto file = number_of(inlined, DW_AT_call_file);
    if (!file || dwarf_getsrcfiles(unit, &files, &count) != 0 || *file >= count) return;
    if (const char* name = dwarf_filesrc(files, *file, nullptr, nullptr)) frame.file = name;
    frame.line = static_cast<int>(number_of(inlined, DW_AT_call_line).value_or(0));
}

void put_line(Dwarf_Die* unit, Dwarf_Addr address, Frame& frame) {
    Dwarf_Line* line = dwarf_getsrc_die(unit, address);
    if (line == nullptr) return;
    const char* file = dwarf_linesrc(line, nullptr, nullptr);
    if (file == nullptr || dwarf_lineno(line, &frame.line) != 0) return;
    Dwarf_Attribute attribute;
    const char* folder = dwarf_formstring(dwarf_attr(unit, DW_AT_comp_dir, &attribute));
    frame.file = file[0] == '/' || folder == nullptr ? file : std::string(folder) + "/" + file;
}

std::optional<std::uint64_t> number_in(const std::string& hexadecimal) {
    if (!hexadecimal.starts_with("0x")) return std::nullopt;
    std::uint64_t number = 0;
    const char* end = hexadecimal.data() + hexadecimal.size();
    const auto read = std::from_chars(hexadecimal.data() + 2, end, number, 16);
    if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
    return number;
}

/// Finds the definition of a type by its whole name.
bool find_type(Dwarf_Die parent, const std::string& name, Dwarf_Die& found) {
    Dwarf_Die child;
    if (dwarf_child(&parent, &child) != 0) return false;
    do {
        const int tag = dwarf_tag(&child);
        const bool is_type = tag == DW_TAG_structure_type || tag == DW_TAG_class_type;
        if (!is_type && tag != DW_TAG_namespace) continue;
        const char* own = dwarf_diename(&child);
        const std::string part = own != nullptr ? own : is_type ? "" : "(anonymous namespace)";
        if (part.empty() || !name.starts_with(part)) continue;
        const std::string rest = name.substr(part.size());
        if (rest.empty() && is_type && !dwarf_hasattr(&child, DW_AT_declaration)) {
            found = child;
            return true;
        }
        if (rest.starts_with("::") && find_type(child, rest.substr(2), found)) return true;
    } while (dwarf_siblingof(&child, &child) == 0);
    return false;
}

/// The type behind typedefs and qualifiers.
bool type_of(Dwarf_Die* die, Dwarf_Die& type) {
    Dwarf_Attribute attribute;
    return dwarf_attr_integrate(die, DW_AT_type, &attribute) != nullptr &&
           dwarf_formref_die(&attribute, &type) != nullptr && dwarf_peel_type(&type, &type) == 0;
}

std::optional<std::string> path_in(Dwarf_Die type, Dwarf_Word offset);

/// What follows the name of a member of this type, for the place at an offset in it: "[1].mutex".
std::string path_behind(Dwarf_Die type, Dwarf_Word offset) {
    Dwarf_Die element;
    Dwarf_Word step = 0;
    if (dwarf_tag(&type) == DW_TAG_array_type)
        return type_of(&type, element) && dwarf_aggregate_size(&element, &step) == 0 && step > 0
                   ? "[" + std::to_string(offset / step) + "]" + path_behind(element, offset % step)
                   : "";
    const auto path = path_in(type, offset);
    return !path || path->empty() || path->front() == '[' ? path.value_or("") : "." + *path;
}

/// The path of members to an offset; nothing where there is no member. What a library keeps to
/// itself, under names of its own, is left out.
std::optional<std::string> path_in(Dwarf_Die parent, Dwarf_Word offset) {
    Dwarf_Die child;
    if (dwarf_child(&parent, &child) != 0) return std::nullopt;
    std::optional<std::string> without_end;  // where only a declaration of the type is known
    do {
        const int tag = dwarf_tag(&child);
        if (tag != DW_TAG_member && tag != DW_TAG_inheritance) continue;
        if (dwarf_hasattr(&child, DW_AT_external) || dwarf_hasattr(&child, DW_AT_declaration))
            continue;  // a static member
        const auto begin = number_of(&child, DW_AT_data_member_location).value_or(0);
        Dwarf_Die type;
        Dwarf_Word size = 0;
        if (offset < begin || !type_of(&child, type)) continue;
        const char* name = dwarf_diename(&child);
        if (dwarf_aggregate_size(&type, &size) != 0) {
            if (name != nullptr) without_end = name;
            continue;
        }
        without_end.reset();
        if (offset >= begin + size) continue;
        if (name == nullptr || tag == DW_TAG_inheritance) return path_in(type, offset - begin);
        const std::string own = name;
        if (own == "_M_elems") return path_behind(type, offset - begin);  // of std::array
        if (own.front() == '_') return "";
        return own + path_behind(type, offset - begin);
    } while (dwarf_siblingof(&child, &child) == 0);
    return without_end;
}

}  // namespace

struct Symbols::Module {
    Dwfl_Callbacks callbacks = {};
    Dwfl* session = nullptr;
    Dwfl_Module* module = nullptr;
    Dwarf_Addr bias = 0;  // from an address in the file to one of the session

    /// Which compilation unit an address belongs to. clang writes no .debug_aranges, which libdw's
    /// own search goes by.
    struct Range {
        Dwarf_Addr begin, end;
        Dwarf_Die unit;
    };
    std::vector<Range> ranges;

    explicit Module(const std::string& program) {
        callbacks.find_elf = dwfl_build_id_find_elf;
        callbacks.find_debuginfo = dwfl_standard_find_debuginfo;
        callbacks.section_address = dwfl_offline_section_address;
        session = dwfl_begin(&callbacks);
        if (session == nullptr) return;
        dwfl_report_begin(session);
        module = dwfl_report_offline(session, "", program.c_str(), -1);
        dwfl_report_end(session, nullptr, nullptr);
        if (module != nullptr && dwfl_module_getdwarf(module, &bias) == nullptr) module = nullptr;
        if (module == nullptr) return;
        Dwarf_Die* unit = nullptr;
        Dwarf_Addr unit_bias = 0;
        while ((unit = dwfl_module_nextcu(module, unit, &unit_bias)) != nullptr) {
            Dwarf_Addr base = 0, begin = 0, end = 0;
            for (std::ptrdiff_t at = 0; (at = dwarf_ranges(unit, at, &base, &begin, &end)) > 0;)
                // Of code that the linker dropped, 0 or 1 is left.
                if (begin > 1) ranges.push_back({begin, end, *unit});
        }
    }

    /// nullptr for an address that is in none.
    Dwarf_Die* unit_at(Dwarf_Addr address) {
        for (auto& range : ranges)
            if (address >= range.begin && address < range.end) return &range.unit;
        return nullptr;
    }
    ~Module() {
        if (session != nullptr) dwfl_end(session);
    }
    Module(const Module&) = delete;
    Module& operator=(const Module&) = delete;
};

Symbols::Symbols(const std::string& program) : module_(std::make_unique<Module>(program)) {}
Symbols::~Symbols() = default;

std::vector<Frame> Symbols::frames_at(std::uint64_t relative) const {
    std::vector<Frame> frames;
    Dwarf_Die* unit = module_->unit_at(relative);
    if (unit == nullptr) return frames;
    Dwarf_Die* scopes = nullptr;
    Dwarf_Die* innermost = nullptr;
    Frame frame;
    put_line(unit, relative, frame);
    // The scopes around an inlined call, not those around the definition of what was inlined.
    const int count = dwarf_getscopes(unit, relative, &innermost) > 0
                          ? dwarf_getscopes_die(innermost, &scopes)
                          : 0;
    for (int i = 0; i < count; ++i) {
        const int tag = dwarf_tag(&scopes[i]);
        if (tag != DW_TAG_inlined_subroutine && tag != DW_TAG_subprogram) continue;
        frame.function = function_of(&scopes[i]);
        frames.push_back(frame);
        if (tag == DW_TAG_subprogram) break;
        frame = {};
        put_call(unit, &scopes[i], frame);
    }
    std::free(innermost);
    std::free(scopes);
    // gcc describes a lambda inside the function that it is written in, where nobody looks for an
    // address outside of that function: its line is known all the same, and its name to the linker.
    if (frames.empty() && frame.line > 0) {
        const char* name = dwfl_module_addrname(module_->module, relative + module_->bias);
        frame.function = name != nullptr ? demangled(name) : "";
        frames.push_back(frame);
    }
    return frames;
}

std::optional<std::string> Symbols::member_at(const std::string& type, std::uint64_t offset) const {
    if (module_->module == nullptr) return std::nullopt;
    Dwarf_Die* unit = nullptr;
    Dwarf_Addr bias = 0;
    while ((unit = dwfl_module_nextcu(module_->module, unit, &bias)) != nullptr) {
        Dwarf_Die found;
        if (!find_type(*unit, type, found)) continue;
        auto path = path_in(found, offset);
        return path && !path->empty() ? path : std::nullopt;
    }
    return std::nullopt;
}

void Symbols::name(std::vector<Frame>& stack) const {
    std::vector<Frame> named;
    for (const auto& frame : stack) {
        if (!frame.file.empty()) {
            named.push_back(frame);
            continue;
        }
        const auto address = number_in(frame.pc);
        if (!address) continue;
        for (auto& inner : frames_at(*address)) {
            inner.pc = frame.pc;
            named.push_back(std::move(inner));
        }
    }
    stack = std::move(named);
}

void Symbols::name(Report& report) const {
    for (auto& access : report.accesses) name(access.stack);
    for (auto& stack : report.stacks) name(stack);
    for (auto& stack : report.handover) name(stack);
}

void Symbols::name(ScheduleStory& story) const {
    for (auto& step : story.steps) name(step.stack);
}

}  // namespace racepair::judge
