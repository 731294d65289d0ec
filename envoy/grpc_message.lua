-- Refuses a gRPC call whose message is missing or cut short. It would take a place at a service, and be refused there.

local PREFIX_BYTES = 5 -- whether the message is compressed, and its length

function envoy_on_request(handle)
  if not string.find(handle:headers():get("content-type") or "", "^application/grpc") then
    return -- JSON, which has no business on the path of gRPC: the transcoder refuses it
  end
  local body = handle:body()
  local bytes = body and body:length() or 0
  if bytes >= PREFIX_BYTES then
    local _, a, b, c, d = string.byte(body:getBytes(0, PREFIX_BYTES), 1, PREFIX_BYTES)
    if bytes - PREFIX_BYTES >= ((a * 256 + b) * 256 + c) * 256 + d then
      return
    end
  end
  handle:respond({ [":status"] = "422" }, "")
end
