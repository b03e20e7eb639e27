// Validates PDFs with the veraPDF library: profiles (PDFUA-1, PDFA-2A) and files as arguments; prints a line a fault and
// a line a verdict, parts parted by tabs. Run by the JavaScript engine that veraPDF carries for its rules, so that any
// Java will do, without a compiler. The jar has no XML binding, so the profiles are read here and not by the library.
const { VeraGreenfieldFoundryProvider } = Packages.org.verapdf.gf.foundry;
const { Foundries } = Packages.org.verapdf.pdfa;
const { PDFAFlavour } = Packages.org.verapdf.pdfa.flavours;
const { Profiles } = Packages.org.verapdf.pdfa.validation.profiles;
const NOTHING = java.util.Collections.emptyList();

function all(element, tag) {
  const found = element.getElementsByTagName(tag);
  return Array.from({ length: found.getLength() }, (_, at) => found.item(at));
}

function said(element, tag) {
  return all(element, tag)[0].getTextContent();
}

function rule(element) {
  const id = all(element, "id")[0];
  const specification = PDFAFlavour.Specification.valueOf(id.getAttribute("specification"));
  return Profiles.ruleFromValues(
    Profiles.ruleIdFromValues(specification, id.getAttribute("clause"), parseInt(id.getAttribute("testNumber"))),
    element.getAttribute("object"),
    java.lang.Boolean.valueOf(element.getAttribute("deferred")),
    element.getAttribute("tags"),
    said(element, "description"),
    said(element, "test"),
    Profiles.errorFromValues(said(element, "message"), NOTHING),
    NOTHING
  );
}

function variable(element) {
  return Profiles.variableFromValues(
    element.getAttribute("name"),
    element.getAttribute("object"),
    said(element, "defaultValue"),
    said(element, "value")
  );
}

function profile(name) {
  const shipped = java.lang.ClassLoader.getSystemResourceAsStream("org/verapdf/pdfa/validation/" + name + ".xml");
  const document = javax.xml.parsers.DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(shipped);
  const flavour = PDFAFlavour.valueOf(document.getDocumentElement().getAttribute("flavour"));
  const rules = new java.util.HashSet(java.util.Arrays.asList(all(document, "rule").map(rule)));
  const variables = new java.util.HashSet(java.util.Arrays.asList(all(document, "variable").map(variable)));
  const details = Profiles.profileDetailsFromValues(name, name, "veraPDF", new java.util.Date(0));
  return Profiles.profileFromValues(flavour, details, "", rules, variables);
}

function validate(file, one) {
  const flavour = one.getPDFAFlavour();
  const parser = foundry.createParser(new java.io.File(file), flavour);
  const result = foundry.createValidator(one, false).validate(parser);
  result.getTestAssertions().toArray().forEach((fault) => {
    const id = fault.getRuleId();
    const where = fault.getLocation().getContext();
    print([file, flavour, "fault", id.getClause() + "-" + id.getTestNumber(), fault.getMessage(), where].join("\t"));
  });
  print([file, flavour, "verdict", result.isCompliant()].join("\t"));
  parser.close();
}

java.util.logging.LogManager.getLogManager().reset();
VeraGreenfieldFoundryProvider.initialise();
const foundry = Foundries.defaultInstance();
const profiles = Array.from(arguments).filter((one) => !one.endsWith(".pdf")).map(profile);
const files = Array.from(arguments).filter((one) => one.endsWith(".pdf"));
files.forEach((file) => profiles.forEach((one) => validate(file, one)));
