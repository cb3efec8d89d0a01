using System.Xml.Linq;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Cda;

/// <summary>A CDA document with its header read (CI-SIS, structuration minimale).</summary>
internal sealed class CdaDocument
{
    private static readonly PatientKey Unidentified = new("urn:dmpfederation:unidentified", "-");

    private readonly XElement root;

    internal CdaDocument(XElement root)
    {
        this.root = root;
        Narrative = new Narrative(root);
        Concepts = new ConceptReader(Narrative);
        Id = CdaId.FirstOf(root);
        Type = Concepts.Read(root.Part("code"));
        Created = CdaTime.Of(root.Part("effectiveTime"));
        var service = root.Parts("documentationOf").Select(of => of.Part("serviceEvent")).OfType<XElement>().ToList();
        ServiceEvents = [.. service.Select(one => Concepts.Read(one.Part("code"))).Where(code => !code.IsEmpty)];
        var times = service.Select(one => one.Part("effectiveTime")).Where(time => CdaTime.StartOf(time) is not null).ToList();
        ServiceStart = times.Count > 0 ? CdaTime.StartOf(times[0]) : null;
        ServiceStop = times.Count > 0 ? CdaTime.HighOf(times[0]) : null;
        Author = CdaAuthors.AuthorOf(root);
        PatientKeys = [.. root.Parts("recordTarget").SelectMany(target => target.Part("patientRole").Parts("id"))
            .Select(id => CdaId.Of(id)?.ToPatientKey()).OfType<PatientKey>()];
    }

    internal Narrative Narrative { get; }

    internal ConceptReader Concepts { get; }

    internal CdaId? Id { get; }

    internal Concept Type { get; }

    internal string? Title => root.Part("title").Line();

    internal string? Language => root.Part("languageCode").Attr("code");

    /// <summary>When the document was made; null when the header does not say, which the standard forbids.</summary>
    internal FhirDate? Created { get; }

    internal FhirDate? ServiceStart { get; }

    internal FhirDate? ServiceStop { get; }

    internal IReadOnlyList<Concept> ServiceEvents { get; }

    internal string? Version => root.Part("versionNumber").Attr("value");

    internal EntryAuthor? Author { get; }

    internal string? Custodian => root.At("custodian", "assignedCustodian", "representedCustodianOrganization", "name").Line();

    internal EntryAuthor? Authenticator => CdaAuthors.Of(root.At("legalAuthenticator", "assignedEntity"));

    internal Concept Confidentiality => Concepts.Read(root.Part("confidentialityCode"));

    internal Concept FacilityType =>
        Concepts.Read(root.At("componentOf", "encompassingEncounter", "location", "healthCareFacility", "code"));

    internal Concept PracticeSetting =>
        Concepts.Read(root.Descendants(Hl7.V3 + "standardIndustryClassCode").FirstOrDefault());

    /// <summary>Documents this one replaces.</summary>
    internal IEnumerable<CdaId> Replaces => root.Parts("relatedDocument").Where(related => related.Attr("typeCode") == "RPLC")
        .Select(related => CdaId.FirstOf(related.Part("parentDocument"))).OfType<CdaId>();

    /// <summary>Every identifier of the recordTarget, raw, in order.</summary>
    internal IReadOnlyList<PatientKey> PatientKeys { get; }

    /// <summary>The key a document met by itself is filed under: the first national identifier it bears, valid or not, else its first one.</summary>
    internal PatientKey FiledUnder => PatientKeys.Where(key => PatientKeySystems.IsIns(key.System)).Concat(PatientKeys).Append(Unidentified).First();

    internal XElement? RecordTarget => root.At("recordTarget", "patientRole");

    internal XElement? NonXmlBody => root.At("component", "nonXMLBody");

    internal XElement? StructuredBody => root.At("component", "structuredBody");

    /// <summary>The patient it is about, under the system asked: the key asked for when it is among them, else the first of that system.</summary>
    internal PatientKey? SubjectUnder(PatientKey asked) =>
        PatientKeys.Contains(asked) ? asked : PatientKeys.Where(key => key.System == asked.System).Select(key => (PatientKey?)key).FirstOrDefault();

    internal bool HasTemplate(string template) => root.HasTemplate(template);
}
