-- Answers HEAD as GET, without the body. It stands before all filters that answer, so it sees every answer last.

function envoy_on_request(handle)
  handle:headers():replace(":method", "GET")
  handle:streamInfo():dynamicMetadata():set("head", "is_head", true)
end

function envoy_on_response(handle)
  for chunk in handle:bodyChunks() do
    chunk:setBytes("")
  end
end
