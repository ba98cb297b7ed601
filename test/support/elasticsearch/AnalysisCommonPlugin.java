import java.util.Map;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.NormalizingTokenFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;

/**
 * Stands in for the one filter that our mappings need of the module analysis-common, which Maven Central does not
 * carry: Lucene's own asciifolding, under the name that it has there.
 */
public class AnalysisCommonPlugin extends Plugin implements AnalysisPlugin {
  static class AsciiFolding extends AbstractTokenFilterFactory implements NormalizingTokenFilterFactory {
    AsciiFolding(IndexSettings index, Environment environment, String name, Settings settings) {
      super(name);
    }

    @Override
    public TokenStream create(TokenStream tokens) {
      return new ASCIIFoldingFilter(tokens);
    }
  }

  @Override
  public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
    return Map.of("asciifolding", AsciiFolding::new);
  }
}
