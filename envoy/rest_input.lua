-- Checks requests in JSON before the transcoder. It refuses what the transcoder would accept (malformed JSON, a field
-- given twice, query parameters where the fields belong in the body), and names the field that cannot hold its value,
-- which the transcoder does not.
--
-- A path that is not in the table BINDINGS is answered with 404, so nothing reaches the transcoder unchecked.
-- envoy/rest_values.lua, which is prepended, has the values that a field can hold, and the refusals.

local concat, sort = table.concat, table.sort

local MAX_DEPTH = 32 -- of nested objects and lists
local MAX_VALUES = 1000

local values_left -- how many more values the current body may hold

local function refuse_json(at)
  refuse("", "the body is not a JSON object: unexpected input at byte " .. at)
end

-- The field of a message, nil if it has none of that name. A request has the `parameters` of its path already.
local function field_of(message, name)
  local field = message.fields[name]
  for _, parameter in ipairs(field and message.parameters or {}) do
    if parameter == field.name then
      return { kind = "path", name = parameter }
    end
  end
  return field
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
  text = gsub(text, "\\/", "/")
  return (gsub(text, "\\u00(%x%x)", function(hex)
    return char(tonumber(hex, 16))
  end))
end

local function read_scalar(text, at, mark, field, path)
  if mark == '"' then
    local value, after = read_string(text, at)
    if not is_utf8(value) or has_half_pair(value) then
      refuse(path, NOT_UNICODE)
    end
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
  local is_list, kind = mark == "[", field.kind
  if is_list and kind == "list" then
    return read_list(text, at + 1, field, path, depth - 1)
  elseif is_list or kind ~= "message" and kind ~= "map" then
    refuse_value(field, path)
  end
  return read_object(text, at + 1, MESSAGES[field.message] or field, path, depth - 1)
end

function read_list(text, at, field, path, depth)
  local mark
  mark, at = next_char(text, at)
  if mark == "]" then
    return at + 1
  end
  local position = 0
  while true do
    at = read_value(text, at, field.item, path .. "[" .. position .. "]", depth)
    mark, at = next_char(text, at)
    if mark == "]" then
      return at + 1
    elseif mark ~= "," then
      refuse_json(at)
    end
    at, position = at + 1, position + 1
  end
end

-- What an object may hold under a name, and the path of that. A key of a map is a value: no refusal repeats it.
local function member_of(object, name, path)
  if object.fields then
    local shown = printable(name) ~= "" and join(path, name) or ""
    local field = field_of(object, name) or refuse_name(name, shown, object.known, path, "body", "field")
    return field, join(path, field.name)
  elseif not is_utf8(name) or has_half_pair(name) then
    refuse(path .. "[*]", NOT_UNICODE)
  end
  return object.item, path .. "[*]"
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
    local field, inner = member_of(object, name, path)
    name = field.name or name
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

local function check_body(text, request)
  if text == "" then -- the same as {}
    return
  end
  local mark, at = next_char(text, 1)
  if mark ~= "{" then
    refuse_json(at)
  end
  values_left = MAX_VALUES
  mark, at = next_char(text, read_object(text, at + 1, request, "", MAX_DEPTH))
  if mark ~= "" then
    refuse_json(at)
  end
end

-- --- URLs ------------------------------------------------------------------------------------------------------------

local function percent_decode(text)
  return (gsub(text, "%%(%x%x)", function(hex)
    return char(tonumber(hex, 16))
  end))
end

local function check_text(field, text, path)
  if not is_utf8(text) then
    refuse(path, NOT_UNICODE)
  end
  check(field, "string", text, path)
end

local function check_path(values, request)
  for position, name in ipairs(request.parameters) do
    check_text(request.fields[name], percent_decode(values[position]), name)
  end
end

-- The name of a parameter, "a.b" say, if it is safe to repeat in the answer, else an empty one.
local function printable_parameter(name)
  return printable((gsub(name, "%.", "_"))) ~= "" and not find("." .. name .. ".", "..", 1, true) and name or ""
end

-- The field that a parameter names, and its path: "a.b" is b of the message a.
local function parameter_of(name, request)
  local field, path, message, shown = nil, "", request, printable_parameter(name)
  for part in gmatch(#name <= NAME_LENGTH_MAX and name .. "." or ".", "([^.]*)%.") do
    field = field_of(message, part) or refuse_name(part, shown, message.known, path, "query", "parameter")
    path = join(path, field.name)
    message = MESSAGES[field.message] or { fields = {}, known = "" }
  end
  return field, path
end

local function check_query(query, request, takes_body)
  local seen = {}
  for pair in gmatch(query, "[^&]+") do
    local name, value = match(pair, "^([^=]*)=?(.*)$")
    name = percent_decode(name)
    if takes_body then
      refuse(printable_parameter(name), "must be in the body: this method takes no parameters in the query")
    end
    local field, path = parameter_of(name, request)
    if field.kind == "list" then
      field = field.item
    elseif seen[path] then
      refuse(path, "occurs twice in the query")
    end
    seen[path] = true
    check_text(field, percent_decode((gsub(value, "+", " "))), path)
  end
end

-- --- requests --------------------------------------------------------------------------------------------------------

-- The binding of a request, and the values of its path parameters. Like the transcoder: a path that ends with a custom
-- method of the contracts (":release") is only for those.
local function binding_of(verb, path)
  local custom = match(path, ":(%w+)$")
  custom = CUSTOM_METHODS[custom] and custom
  for _, binding in ipairs(BINDINGS[verb] or {}) do
    if binding.custom == custom then
      local values = { match(path, binding.path) }
      if values[1] then
        return binding, values
      end
    end
  end
end

-- The message that a request fills. A static path has none.
local function request_of(binding)
  local fields = binding.message and MESSAGES[binding.message].fields or {}
  return { fields = fields, known = binding.known or "", parameters = binding.parameters or {} }
end

-- The verbs that a path takes, for the header allow; empty if there is no such path.
local function verbs_of(path)
  local verbs = {}
  for verb in pairs(BINDINGS) do
    local binding = binding_of(verb, path)
    if binding then
      verbs[#verbs + 1] = verb == "GET" and not binding.is_stream and "GET, HEAD" or verb
    end
  end
  sort(verbs)
  return verbs
end

local function refuse_verb(handle, verb, path)
  local verbs = verbs_of(path)
  if #verbs == 0 then
    handle:respond({ [":status"] = "404" }, "")
  end
  verbs[#verbs + 1] = "OPTIONS"
  handle:respond({ [":status"] = verb == "OPTIONS" and "204" or "405", allow = concat(verbs, ", ") }, "")
end

local function refuse_compressed(handle)
  handle:respond({ [":status"] = "415", ["accept-encoding"] = "identity" }, "")
end

-- Whether the client sent HEAD, which the filter `head` has replaced by GET.
local function is_head(handle)
  return handle:streamInfo():dynamicMetadata():get("head") ~= nil
end

local NOTHING = { fields = {}, known = "" } -- what the body of a method that takes none may hold

function envoy_on_request(handle)
  local headers = handle:headers()
  local path, question, query = match(headers:get(":path") or "", "^([^?]*)(%??)(.*)$")
  local verb, encoding = headers:get(":method"), headers:get("content-encoding") or "identity"
  if find(path, "/$") then -- is ignored; the transcoder would not do so after a custom method
    path = sub(path, 1, -2)
    headers:replace(":path", path .. question .. query)
  end
  local binding, values = binding_of(verb, path)
  if not binding or binding.is_stream and is_head(handle) then -- the answer to HEAD would not end
    refuse_verb(handle, verb, path)
  end
  local body = handle:body() -- from here on Envoy forbids `headers`
  if (body or binding.takes_body) and lower(encoding) ~= "identity" then
    refuse_compressed(handle)
  end
  local is_valid, failure = pcall(function()
    local request = request_of(binding)
    check_path(values, request)
    check_query(query, request, binding.takes_body)
    if body then
      check_body(body:getBytes(0, body:length()), binding.takes_body and request or NOTHING)
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
