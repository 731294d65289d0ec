-- What wrk asks for. Arguments: a file with one access token a line ("" for none), method, path, body.
-- Each thread takes the tokens in turn, so that every user gets its share; one stands for $TOKEN in the body.
local tokens, method, path, body = {}, "GET", "/", nil
local turn = 0

function init(args)
  for line in io.lines(args[1]) do tokens[#tokens + 1] = line end
  method, path, body = args[2], args[3], args[4]
  wrk.headers["content-type"] = "application/json"
end

function request()
  turn = turn % #tokens + 1
  wrk.headers["authorization"] = "Bearer " .. tokens[turn]
  return wrk.format(method, path, nil, body and body:gsub("$TOKEN", tokens[turn]))
end

function done(summary, latency)
  -- requests, duration (us), p50 (us), p99 (us), answers of 400 and above, broken connections
  io.write(string.format("%d %d %d %d %d %d\n",
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    summary.errors.status, summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
