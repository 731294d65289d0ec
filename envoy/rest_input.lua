-- Checks requests in JSON before the transcoder. It refuses what the transcoder would accept (malformed JSON, a field
-- given twice, query parameters where the fields belong in the body), and names the field that cannot hold its value,
-- which the transcoder does not.
--
-- The table BINDINGS is prepended to this script; envoy/edge_config/bindings.py generates it from the contracts. A path
-- that is not in it is answered with 404, so nothing reaches the transcoder unchecked.

local MAX_DEPTH = 32 -- of nested objects and lists
local MAX_VALUES = 1000
local ANYTHING = {} -- an unknown field, or one whose JSON form only the transcoder knows

local char, find, gmatch, gsub, lower = string.char, string.find, string.gmatch, string.gsub, string.lower
local match, sub, upper = string.match, string.sub, string.upper

local values_left -- how many more values the current body may hold

local function refuse(field, description)
  error({ field = field, description = description }, 0)
end

local function refuse_json(at)
  refuse("", "the body is not a JSON object: unexpected input at byte " .. at)
end

-- A name from the client if it is safe to repeat in the answer, else an empty one.
local function printable(name)
  return #name <= 64 and find(name, "^[%w_.-]+$") and name or ""
end

local function join(path, name)
  return path == "" and name or path .. "." .. name
end

-- --- values ----------------------------------------------------------------------------------------------------------

local PROBLEMS = {
  string = "must be a string",
  bool = "must be true or false",
  int32 = "must be a whole number",
  int64 = "must be a whole number",
  uint32 = "must be a whole number that is not negative",
  uint64 = "must be a whole number that is not negative",
  number = "must be a number",
  enum = "must be one of ",
  list = "must be a list",
  message = "must be an object",
  path = "is already in the path",
}
local MIN = { int32 = -2 ^ 31, int64 = -2 ^ 63, uint32 = 0, uint64 = 0 }
local MAX = { int32 = 2 ^ 31 - 1, int64 = 2 ^ 63, uint32 = 2 ^ 32 - 1, uint64 = 2 ^ 64 }

local function is_integer(kind, text)
  return find(text, "^%-?%d+$") and MIN[kind] <= tonumber(text) and tonumber(text) <= MAX[kind]
end

-- Whether a field can hold a value, which is a "string", a "number" or a "bool" in JSON. In a query all are strings.
local function fits(field, type, text)
  local kind = field.kind
  if kind == "string" then
    return type == "string"
  elseif kind == "bool" then
    return lower(text) == "true" or lower(text) == "false"
  elseif type == "bool" then
    return false
  elseif kind == "enum" then -- by number too; the service checks that the number is defined
    return field.names[upper(text)] or is_integer("int32", text)
  elseif kind == "number" then
    return tonumber(text) or text == "NaN" or text == "Infinity" or text == "-Infinity"
  end
  return MIN[kind] and is_integer(kind, text)
end

local function refuse_value(field, path)
  refuse(path, PROBLEMS[field.kind] .. (field.known or ""))
end

local function check(field, type, text, path)
  if field.kind and not fits(field, type, text) then
    refuse_value(field, path)
  end
end

-- --- JSON ------------------------------------------------------------------------------------------------------------

-- The next character that is not white space, and its position.
local function next_char(text, at)
  at = find(text, "[^ \t\r\n]", at) or #text + 1
  return sub(text, at, at), at
end

-- The string that begins with the quote at `opened`, with its escapes as they are, and the position after it.
local function read_string(text, opened)
  local at = opened + 1
  while true do
    local stop = find(text, '[%z\1-\31"\\]', at) or refuse_json(#text + 1)
    local found = sub(text, stop, stop)
    if found == '"' then
      return sub(text, opened + 1, stop - 1), stop + 1
    elseif found == "\\" and find(text, '^["\\/bfnrt]', stop + 1) then
      at = stop + 2
    elseif found == "\\" and find(text, "^u%x%x%x%x", stop + 1) then
      at = stop + 6
    else
      refuse_json(stop)
    end
  end
end

-- Decodes the escapes of ASCII characters: names and numbers of the contracts have no others.
local function decode_ascii_escapes(text)
  return (gsub(text, "\\u00(%x%x)", function(hex)
    return char(tonumber(hex, 16))
  end))
end

local function is_number(text)
  local rest = match(text, "^%-?0(.*)$") or match(text, "^%-?[1-9]%d*(.*)$") or "?"
  rest = gsub(rest, "^%.%d+", "")
  rest = gsub(rest, "^[eE][+-]?%d+", "")
  return rest == ""
end

local function read_scalar(text, at, mark, field, path)
  if mark == '"' then
    local value, after = read_string(text, at)
    check(field, "string", decode_ascii_escapes(value), path)
    return after
  end
  local value = match(text, "^[%w.+-]+", at) or refuse_json(at)
  if value == "true" or value == "false" then
    check(field, "bool", value, path)
  elseif is_number(value) then
    check(field, "number", value, path)
  elseif value ~= "null" then -- null is the same as an absent field
    refuse_json(at)
  end
  return at + #value
end

local read_object, read_list

-- Checks a value; returns the position after it. So do read_list and read_object.
local function read_value(text, at, field, path, depth)
  local mark
  mark, at = next_char(text, at)
  values_left = values_left - 1
  if depth == 0 or values_left < 0 then
    refuse("", "the body has more than " .. MAX_VALUES .. " values, or nests deeper than " .. MAX_DEPTH)
  end
  if mark ~= "{" and mark ~= "[" then
    return read_scalar(text, at, mark, field, path)
  end
  local kind, read = "message", read_object
  if mark == "[" then
    kind, read = "list", read_list
  end
  if field.kind and field.kind ~= kind then
    refuse_value(field, path)
  end
  return read(text, at + 1, field, path, depth - 1)
end

function read_list(text, at, field, path, depth)
  local mark
  mark, at = next_char(text, at)
  if mark == "]" then
    return at + 1
  end
  local position = 0
  while true do
    at = read_value(text, at, field.item or ANYTHING, path .. "[" .. position .. "]", depth)
    mark, at = next_char(text, at)
    if mark == "]" then
      return at + 1
    elseif mark ~= "," then
      refuse_json(at)
    end
    at, position = at + 1, position + 1
  end
end

function read_object(text, at, object, path, depth)
  local mark
  mark, at = next_char(text, at)
  if mark == "}" then
    return at + 1
  end
  local seen = {}
  while true do
    if mark ~= '"' then
      refuse_json(at)
    end
    local name
    name, at = read_string(text, at)
    name = decode_ascii_escapes(name)
    local field = object.fields and object.fields[name] or ANYTHING
    name = field.name or name
    local inner = join(path, printable(name))
    if seen[name] then
      refuse(inner, "occurs twice in the body")
    end
    seen[name] = true
    mark, at = next_char(text, at)
    if mark ~= ":" then
      refuse_json(at)
    end
    at = read_value(text, at + 1, field, inner, depth)
    mark, at = next_char(text, at)
    if mark == "}" then
      return at + 1
    elseif mark ~= "," then
      refuse_json(at)
    end
    mark, at = next_char(text, at + 1)
  end
end

local function check_body(text, fields)
  if text == "" then -- the same as {}
    return
  end
  local mark, at = next_char(text, 1)
  if mark ~= "{" then
    refuse_json(at)
  end
  values_left = MAX_VALUES
  mark, at = next_char(text, read_object(text, at + 1, { fields = fields }, "", MAX_DEPTH))
  if mark ~= "" then
    refuse_json(at)
  end
end

-- --- queries ---------------------------------------------------------------------------------------------------------

local function url_decode(text)
  return (gsub(gsub(text, "+", " "), "%%(%x%x)", function(hex)
    return char(tonumber(hex, 16))
  end))
end

local function check_query(query, binding)
  local seen = {}
  for pair in gmatch(query, "[^&]+") do
    local name, value = match(pair, "^([^=]*)=?(.*)$")
    name = url_decode(name)
    if binding.takes_body then
      refuse(printable(name), "must be in the body, not in the query")
    end
    local field, path = { fields = binding.fields }, ""
    for part in gmatch(name, "[^.]+") do -- "a.b" is b of the message a
      field = field.fields and field.fields[part] or refuse(printable(name), "is not a parameter of this method")
      path = join(path, field.name)
    end
    if field.kind == "list" then
      field = field.item
    elseif seen[path] then
      refuse(path, "occurs twice in the query")
    end
    seen[path] = true
    check(field, "string", url_decode(value), path)
  end
end

-- --- requests --------------------------------------------------------------------------------------------------------

local function binding_of(verb, path)
  for _, binding in ipairs(BINDINGS[verb] or {}) do
    if find(path, binding.path) then
      return binding
    end
  end
end

function envoy_on_request(handle)
  local headers = handle:headers()
  local path, query = match(headers:get(":path") or "", "^([^?]*)%??(.*)$")
  local binding = binding_of(headers:get(":method"), (gsub(path, "/$", ""))) -- a trailing slash is ignored
  if not binding then
    handle:respond({ [":status"] = "404" }, "")
  end
  local body = binding.takes_body and handle:body()
  local is_valid, failure = pcall(function()
    check_query(query, binding)
    if body then
      check_body(body:getBytes(0, body:length()), binding.fields)
    end
  end)
  if is_valid then
    return
  elseif type(failure) ~= "table" then -- an error in this script; by itself Envoy would let the request pass
    handle:logErr(failure)
    handle:respond({ [":status"] = "500" }, "")
  end
  local metadata = handle:streamInfo():dynamicMetadata()
  metadata:set("rest_input", "field", failure.field)
  metadata:set("rest_input", "description", failure.description)
  handle:respond({ [":status"] = "400" }, match(failure.field .. " " .. failure.description, "^ ?(.*)$"))
end
