import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.http.HttpServerTransport;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * Runs a real Elasticsearch of one node.
 *
 * Arguments: home folder, folder of the modules, HTTP port (0 takes any free one). Prints "READY port" once it serves.
 * Ends with SIGTERM. Where its standard input is closed, the tests that started it are gone: it ends and removes its
 * home folder, since nobody else will.
 */
public class ElasticsearchLauncher {
  public static void main(String[] args) throws Exception {
    LogConfigurator.configureESLogging();
    Path home = Path.of(args[0]);
    Path modules = Path.of(args[1]);
    Settings settings = Settings.builder()
        .put("cluster.name", "test")
        .put("node.name", "test-1")
        .put("path.home", home.toString())
        .put("http.port", args[2])
        .put("transport.port", "0")
        .put("network.host", "127.0.0.1")
        .put("discovery.type", "single-node")
        // How full the disk of a test machine is must not decide; tests set the blocks that a full disk would.
        .put("cluster.routing.allocation.disk.threshold_enabled", false)
        .build();
    Node node = new Node(
        new Environment(settings, home.resolve("config")),
        PluginsLoader.createPluginsLoader(
            PluginsLoader.loadModulesBundles(modules, false),
            PluginsLoader.loadPluginsBundles(home.resolve("plugins"), false),
            Map.of(),
            false));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node)));
    node.start();
    int port = node.injector().getInstance(HttpServerTransport.class).boundAddress().publishAddress().getPort();
    System.out.println("READY " + port);
    while (System.in.read() >= 0) {
      // Nothing is ever said to it; only the end matters.
    }
    close(node);
    remove(home);
    System.exit(0);
  }

  private static void close(Node node) {
    try {
      node.close();
    } catch (IOException error) {
      error.printStackTrace();
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
