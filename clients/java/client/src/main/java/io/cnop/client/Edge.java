package io.cnop.client;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Opens channels to the edge. */
final class Edge {
  private Edge() {}

  /** Opens a channel with the retries and deadlines of the service config; its calls carry the token of the session. */
  static ManagedChannel open(String address, Path serviceConfig, Session session) throws IOException {
    Map<String, Object> config =
        new Gson().fromJson(Files.readString(serviceConfig), new TypeToken<Map<String, Object>>() {}.getType());
    // Plaintext, as in `make run`; use TlsChannelCredentials.create() for an edge with a certificate.
    return Grpc.newChannelBuilder(address, InsecureChannelCredentials.create())
        .defaultServiceConfig(config)
        .intercept(session)
        .build();
  }
}
