return new File(basedir, 'build.log').text.contains('entropy of digits 0.')
