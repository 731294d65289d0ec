-- Which values the fields of the contracts can hold, and how a refusal names a field. envoy/rest_input.lua uses it.
--
-- No refusal repeats a value. It repeats a name from the client only if that looks like the name of a field.
--
-- The tables MESSAGES and BINDINGS are prepended to this script; envoy/edge_config/bindings.py generates them from the
-- contracts.

local byte, char, find, gmatch, gsub = string.byte, string.char, string.find, string.gmatch, string.gsub
local lower, match, sub, upper = string.lower, string.match, string.sub, string.upper
local abs, floor, huge, min = math.abs, math.floor, math.huge, math.min

local NAME_LENGTH_MAX = 64

local function refuse(field, description)
  error({ field = field, description = description }, 0)
end

-- A name from the client if it is safe to repeat in the answer, else an empty one.
local function printable(name)
  return #name <= NAME_LENGTH_MAX and find(name, "^[%w_]+$") and name or ""
end

local function join(path, name)
  return (path == "" or name == "") and path .. name or path .. "." .. name
end

-- --- unknown names ---------------------------------------------------------------------------------------------------

-- How many characters must be inserted, deleted or replaced to make one text from the other.
local function edits(one, other)
  local row = {}
  for column = 0, #other do
    row[column] = column
  end
  for line = 1, #one do
    local diagonal = row[0]
    row[0] = line
    for column = 1, #other do
      local replaced = diagonal + (byte(one, line) == byte(other, column) and 0 or 1)
      diagonal = row[column]
      row[column] = min(replaced, row[column] + 1, row[column - 1] + 1)
    end
  end
  return row[#other]
end

-- The known name that was probably meant: at most a third of the letters differ. `known` is a text, "a, b, c".
local function closest(name, known)
  local function letters(text)
    return lower((gsub(text, "[_-]", "")))
  end
  local given, best = letters(name), nil
  local fewest = floor(#given / 3)
  for candidate in gmatch(#name <= NAME_LENGTH_MAX and known or "", "[%w_]+") do
    local wanted = letters(candidate)
    local count = abs(#wanted - #given) <= fewest and edits(given, wanted) or huge
    if count <= fewest then
      best, fewest = candidate, count - 1 -- of equals the first
    end
  end
  return best
end

-- Refuses a name that the object at `path` does not have. `place` and `noun` are "body" and "field", say; `shown` is
-- the name and its path, "" if that is not safe to repeat.
local function refuse_name(name, shown, known, path, place, noun)
  local meant, hint = closest(name, known), "it has none"
  if meant then
    hint = "did you mean " .. join(path, meant) .. "?"
  elseif known ~= "" then
    hint = "known are " .. known
  end
  if shown ~= "" then
    refuse(shown, "is not a " .. noun .. " of this method; " .. hint)
  end
  local subject = path == "" and "the " .. place .. " " or ""
  refuse(path, subject .. "has a " .. noun .. " that this method does not have; " .. hint)
end

-- --- text ------------------------------------------------------------------------------------------------------------

local NOT_UNICODE = "must be Unicode text: valid UTF-8, without unpaired surrogates"

local UTF8 = { -- The Unicode Standard, table 3-7
  "^[\194-\223][\128-\191]",
  "^\224[\160-\191][\128-\191]",
  "^[\225-\236\238\239][\128-\191][\128-\191]",
  "^\237[\128-\159][\128-\191]",
  "^\240[\144-\191][\128-\191][\128-\191]",
  "^[\241-\243][\128-\191][\128-\191][\128-\191]",
  "^\244[\128-\143][\128-\191][\128-\191]",
}

local function after_character(text, at)
  for _, pattern in ipairs(UTF8) do
    local _, stop = find(text, pattern, at)
    if stop then
      return stop + 1
    end
  end
end

local function is_utf8(text)
  local at = find(text, "[\128-\255]")
  while at do
    at = after_character(text, at)
    if not at then
      return false
    end
    at = find(text, "[\128-\255]", at)
  end
  return true
end

-- Whether the escapes of a JSON string contain half of a surrogate pair.
local function has_half_pair(text)
  local at = find(text, "\\", 1, true)
  while at do
    local length = 2
    if find(text, "^u[dD][89abAB]%x%x\\u[dD][c-fC-F]", at + 1) then
      length = 12
    elseif find(text, "^u[dD][89a-fA-F]", at + 1) then
      return true
    end
    at = find(text, "\\", at + length, true)
  end
  return false
end

-- --- values ----------------------------------------------------------------------------------------------------------

local PROBLEMS = {
  string = "must be a string",
  bytes = "must be a string of base64",
  bool = "must be true or false",
  int32 = "must be a whole number",
  int64 = "must be a whole number",
  uint32 = "must be a whole number that is not negative",
  uint64 = "must be a whole number that is not negative",
  number = "must be a number",
  timestamp = 'must be a time such as "2026-01-31T12:00:00Z"',
  enum = "must be one of ",
  list = "must be a list",
  map = "must be an object",
  message = "must be an object",
  path = "is already in the path",
}
local LARGEST = {
  int32 = "2147483647",
  int64 = "9223372036854775807",
  uint32 = "4294967295",
  uint64 = "18446744073709551615",
}
local SMALLEST = { int32 = "2147483648", int64 = "9223372036854775808" } -- without the sign

-- By digits: a Lua number holds only integers up to 2^53 exactly.
local function is_integer(kind, text)
  local sign, digits = match(text, "^(%-?)0*(%d+)$")
  local most = (sign == "-" and SMALLEST or LARGEST)[kind]
  return digits and most and (#digits < #most or #digits == #most and digits <= most)
end

local function is_number(text)
  local rest = match(text, "^%-?0(.*)$") or match(text, "^%-?[1-9]%d*(.*)$") or "?"
  rest = gsub(rest, "^%.%d+", "")
  rest = gsub(rest, "^[eE][+-]?%d+", "")
  return rest == ""
end

local function is_base64(text)
  local digits, padding = match(text, "^([%w+/_-]*)(=*)$")
  return digits and #digits % 4 ~= 1 and (padding == "" or (#digits + #padding) % 4 == 0 and #padding <= 2)
end

local DAYS = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

local function is_date(year, month, day)
  local is_leap = year % 4 == 0 and (year % 100 ~= 0 or year % 400 == 0)
  local days = month == 2 and is_leap and 29 or DAYS[month] or 0
  return year >= 1 and day >= 1 and day <= days
end

local function is_clock(text) -- or an offset without its sign
  return find(text, "^[01]%d:[0-5]%d") or find(text, "^2[0-3]:[0-5]%d")
end

local function is_offset(text) -- of a time zone
  return find(text, "^[+-]%d%d:%d%d$") and is_clock(sub(text, 2))
end

-- Whether a text is a time of RFC 3339, with at most 9 decimals of a second. In the first and the last year the time zone
-- must be Z: others may lead to a year that protobuf cannot hold.
local function is_timestamp(text)
  local year, month, day, clock, fraction, zone =
    match(text, "^(%d%d%d%d)%-(%d%d)%-(%d%d)T(%d%d:%d%d:[0-5]%d)(%.?%d*)([Z+-].*)$")
  return year
    and is_date(tonumber(year), tonumber(month), tonumber(day))
    and is_clock(clock)
    and (fraction == "" or find(fraction, "^%.%d+$") and #fraction <= 10)
    and (zone == "Z" or is_offset(zone) and year ~= "0001" and year ~= "9999")
end

-- Whether a field can hold a value, which is a "string", a "number" or a "bool" in JSON. In a query all are strings.
local function fits(field, type, text)
  local kind = field.kind
  if kind == "string" then
    return type == "string"
  elseif kind == "bytes" then
    return type == "string" and is_base64(text)
  elseif kind == "timestamp" then
    return type == "string" and is_timestamp(text)
  elseif kind == "bool" then
    return lower(text) == "true" or lower(text) == "false"
  elseif type == "bool" then
    return false
  elseif kind == "enum" then -- by number too
    return field.names[upper(text)]
  elseif kind == "number" then
    return text == "NaN" or text == "Infinity" or text == "-Infinity" or is_number(text) and abs(tonumber(text)) < huge
  end
  return is_integer(kind, text)
end

local function refuse_value(field, path)
  refuse(path, PROBLEMS[field.kind] .. (field.known or ""))
end

local function check(field, type, text, path)
  if not fits(field, type, text) then
    refuse_value(field, path)
  end
end
