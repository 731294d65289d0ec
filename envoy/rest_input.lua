-- Refuses what the transcoder would take, or would refuse without the name of the field: JSON that is none, a field
-- given twice, a value that its field cannot hold, and a query where the fields belong into the body.
--
-- BINDINGS stands above this text: envoy/edge_config/bindings.py makes it from the contracts. What is not in it is not found, so
-- that nothing comes to the transcoder unchecked.

local MAX_DEPTH = 32 -- of objects and lists in each other
local MAX_VALUES = 1000
local ANYTHING = {} -- a field that is not known, or whose form only the transcoder knows

local char, find, gmatch, gsub, lower = string.char, string.find, string.gmatch, string.gsub, string.lower
local match, sub, upper = string.match, string.sub, string.upper

local values_left -- of the body that is being read

local function refuse(field, description)
  error({ field = field, description = description }, 0)
end

local function broken(at)
  refuse("", "the body is not a JSON object: unexpected text at octet " .. at)
end

-- A name that the client made up, if it is fit to be repeated.
local function shown(name)
  return #name <= 64 and find(name, "^[%w_.-]+$") and name or ""
end

local function joined(path, name)
  return path == "" and name or path .. "." .. name
end

-- --- values ----------------------------------------------------------------------------------------------------------

local MUST = {
  string = "must be a string",
  bool = "must be true or false",
  int32 = "must be a whole number",
  int64 = "must be a whole number",
  uint32 = "must be a whole number, not negative",
  uint64 = "must be a whole number, not negative",
  number = "must be a number",
  enum = "must be one of ",
  list = "must be a list",
  message = "must be an object",
  path = "stands in the path already",
}
local LOW = { int32 = -2 ^ 31, int64 = -2 ^ 63, uint32 = 0, uint64 = 0 }
local HIGH = { int32 = 2 ^ 31 - 1, int64 = 2 ^ 63, uint32 = 2 ^ 32 - 1, uint64 = 2 ^ 64 }

local function is_integer(kind, text)
  return find(text, "^%-?%d+$") and LOW[kind] <= tonumber(text) and tonumber(text) <= HIGH[kind]
end

-- Whether a field can hold what is a string, a number or a bool in JSON. In a query all are strings.
local function fits(field, type, text)
  local kind = field.kind
  if kind == "string" then
    return type == "string"
  elseif kind == "bool" then
    return lower(text) == "true" or lower(text) == "false"
  elseif type == "bool" then
    return false
  elseif kind == "enum" then -- by number too; whether there is such a number says the service
    return field.names[upper(text)] or is_integer("int32", text)
  elseif kind == "number" then
    return tonumber(text) or text == "NaN" or text == "Infinity" or text == "-Infinity"
  end
  return LOW[kind] and is_integer(kind, text)
end

local function misfit(field, path)
  refuse(path, MUST[field.kind] .. (field.known or ""))
end

local function check(field, type, text, path)
  if field.kind and not fits(field, type, text) then
    misfit(field, path)
  end
end

-- --- JSON ------------------------------------------------------------------------------------------------------------

-- The next character that is not blank, and where it is.
local function token(text, at)
  at = find(text, "[^ \t\r\n]", at) or #text + 1
  return sub(text, at, at), at
end

-- What stands between two quotes, as it stands there, and where it ends.
local function read_string(text, opened)
  local at = opened + 1
  while true do
    local stop = find(text, '[%z\1-\31"\\]', at) or broken(#text + 1)
    local found = sub(text, stop, stop)
    if found == '"' then
      return sub(text, opened + 1, stop - 1), stop + 1
    elseif found == "\\" and find(text, '^["\\/bfnrt]', stop + 1) then
      at = stop + 2
    elseif found == "\\" and find(text, "^u%x%x%x%x", stop + 1) then
      at = stop + 6
    else
      broken(stop)
    end
  end
end

-- A string whose escapes stand for ASCII, as those in a name of the contracts could; others stay as they are.
local function unescaped(text)
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
    check(field, "string", unescaped(value), path)
    return after
  end
  local value = match(text, "^[%w.+-]+", at) or broken(at)
  if value == "true" or value == "false" then
    check(field, "bool", value, path)
  elseif is_number(value) then
    check(field, "number", value, path)
  elseif value ~= "null" then -- null is the same as nothing
    broken(at)
  end
  return at + #value
end

local read_object, read_list

-- Reads a value; answers where it ends.
local function read_value(text, at, field, path, depth)
  local mark
  mark, at = token(text, at)
  values_left = values_left - 1
  if depth == 0 or values_left < 0 then
    refuse("", "the body holds more than " .. MAX_VALUES .. " values, or is deeper than " .. MAX_DEPTH)
  end
  if mark ~= "{" and mark ~= "[" then
    return read_scalar(text, at, mark, field, path)
  end
  local kind, read = "message", read_object
  if mark == "[" then
    kind, read = "list", read_list
  end
  if field.kind and field.kind ~= kind then
    misfit(field, path)
  end
  return read(text, at + 1, field, path, depth - 1)
end

function read_list(text, at, field, path, depth)
  local mark
  mark, at = token(text, at)
  if mark == "]" then
    return at + 1
  end
  local position = 0
  while true do
    at = read_value(text, at, field.item or ANYTHING, path .. "[" .. position .. "]", depth)
    mark, at = token(text, at)
    if mark == "]" then
      return at + 1
    elseif mark ~= "," then
      broken(at)
    end
    at, position = at + 1, position + 1
  end
end

function read_object(text, at, object, path, depth)
  local mark
  mark, at = token(text, at)
  if mark == "}" then
    return at + 1
  end
  local seen = {}
  while true do
    if mark ~= '"' then
      broken(at)
    end
    local name
    name, at = read_string(text, at)
    name = unescaped(name)
    local field = object.fields and object.fields[name] or ANYTHING
    name = field.name or name
    local inner = joined(path, shown(name))
    if seen[name] then
      refuse(inner, "stands twice in the body")
    end
    seen[name] = true
    mark, at = token(text, at)
    if mark ~= ":" then
      broken(at)
    end
    at = read_value(text, at + 1, field, inner, depth)
    mark, at = token(text, at)
    if mark == "}" then
      return at + 1
    elseif mark ~= "," then
      broken(at)
    end
    mark, at = token(text, at + 1)
  end
end

local function check_body(text, fields)
  if text == "" then -- as good as {}
    return
  end
  local mark, at = token(text, 1)
  if mark ~= "{" then
    broken(at)
  end
  values_left = MAX_VALUES
  mark, at = token(text, read_object(text, at + 1, { fields = fields }, "", MAX_DEPTH))
  if mark ~= "" then
    broken(at)
  end
end

-- --- queries ---------------------------------------------------------------------------------------------------------

local function decoded(text)
  return (gsub(gsub(text, "+", " "), "%%(%x%x)", function(hex)
    return char(tonumber(hex, 16))
  end))
end

local function check_query(query, binding)
  local seen = {}
  for pair in gmatch(query, "[^&]+") do
    local name, value = match(pair, "^([^=]*)=?(.*)$")
    name = decoded(name)
    if binding.takes_body then
      refuse(shown(name), "must not stand in the query: this method takes a body")
    end
    local field, path = { fields = binding.fields }, ""
    for part in gmatch(name, "[^.]+") do -- "a.b" is b of the message a
      field = field.fields and field.fields[part] or refuse(shown(name), "is no parameter of this method")
      path = joined(path, field.name)
    end
    if field.kind == "list" then
      field = field.item
    elseif seen[path] then
      refuse(path, "stands twice in the query")
    end
    seen[path] = true
    check(field, "string", decoded(value), path)
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
  local binding = binding_of(headers:get(":method"), (gsub(path, "/$", ""))) -- one slash at the end is as good as none
  if not binding then
    handle:respond({ [":status"] = "404" }, "")
  end
  local body = binding.takes_body and handle:body()
  local is_good, fault = pcall(function()
    check_query(query, binding)
    if body then
      check_body(body:getBytes(0, body:length()), binding.fields)
    end
  end)
  if is_good then
    return
  elseif type(fault) ~= "table" then -- a fault of this script; Envoy itself would let the request pass
    handle:logErr(fault)
    handle:respond({ [":status"] = "500" }, "")
  end
  local metadata = handle:streamInfo():dynamicMetadata()
  metadata:set("rest_input", "field", fault.field)
  metadata:set("rest_input", "description", fault.description)
  handle:respond({ [":status"] = "400" }, match(fault.field .. " " .. fault.description, "^ ?(.*)$"))
end
