// Makes the project grpc: the three snippets for gRPC of the page that README.md links to, in the folders of a new project.
File root = new File(basedir, '../../../..')
assert new File(root, 'README.md').text.contains('(docs/integrations.md)')
String page = new File(root, 'docs/integrations.md').text.normalize()
String section = page.substring(page.indexOf('\n## gRPC\n'))
def snippet = { String language, int index ->
    (section =~ /(?s)```$language\n(.*?)```/)[index][1]
}

File project = new File(basedir, 'grpc')
File sources = new File(project, 'src/main/java')
sources.mkdirs()
new File(project, 'pom.xml').text = """
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>com.example</groupId>
  <artifactId>grpc</artifactId>
  <version>1</version>
  <properties>
    <maven.compiler.release>17</maven.compiler.release>
  </properties>
  <dependencies>
${snippet('xml', 0)}
  </dependencies>
</project>
""".trim()
new File(sources, 'OrdersServer.java').text = snippet('java', 0)
new File(sources, 'OrdersClient.java').text = snippet('java', 1)
true
