// Makes a runtime image of the project transport and starts it. Other systems than Windows reach the error of the transport.
boolean windows = System.getProperty('os.name').startsWith('Windows')
File bin = new File(System.getProperty('java.home'), 'bin')
def run = { Object... command ->
    Process process = new ProcessBuilder(command*.toString()).redirectErrorStream(true).start()
    String output = process.inputStream.text
    println output
    [process.waitFor(), output]
}

File image = new File(basedir, 'image/target/image')
String modules = [new File(basedir, 'image/target/lib'), new File(basedir, 'transport/target/classes')].join(File.pathSeparator)
def (int linked) = run(new File(bin, 'jlink'), '--module-path', modules, '--add-modules', 'hello', '--output', image)
assert linked == 0

def (int code, String output) = run(new File(image, 'bin/java'), '--enable-native-access=com.sun.jna', '-m', 'hello/hello.Hello')
assert windows ? code == 0 && output == 'hello' + System.lineSeparator() : code != 0 && output.contains('needs Windows')
true
