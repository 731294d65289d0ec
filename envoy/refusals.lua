-- Closes a connection after REFUSALS_MAX error answers; that line is prepended to this script. A client that learns
-- nothing from so many of them must at least connect again.

local CONNECTIONS_MAX = 10000 -- counted at once in each worker, at least; those not refused for the longest are forgotten

local refusals, older, connections = {}, {}, 0 -- by the address and port of the client

local function count(connection)
  local before = refusals[connection]
  if not before then
    if connections == CONNECTIONS_MAX then
      older, refusals, connections = refusals, {}, 0
    end
    before, connections = older[connection] or 0, connections + 1
  end
  local now = (before + 1) % REFUSALS_MAX
  refusals[connection] = now
  return now
end

function envoy_on_response(handle)
  local headers = handle:headers()
  if headers:get(":status") < "400" and (headers:get("grpc-status") or "0") == "0" then
    return
  end
  local stream = handle:streamInfo()
  if count(stream:downstreamDirectRemoteAddress()) == 0 then
    stream:drainConnectionUponCompletion()
  end
end
