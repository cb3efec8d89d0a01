namespace DmpFederation.Plugins.CdaRepository.Tests;

/// <summary>Small invented documents. The patient is of the official test range.</summary>
internal static class CdaSample
{
    internal const string Ins = "279035121518989";

    internal static string Document(string sections, string typeCode = "34133-9", string root = "2.999.1.1", string? header = null) => $"""
        <ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
          <templateId root="1.2.250.1.213.1.1.1.1"/>
          <id root="{root}"/>
          <code code="{typeCode}" codeSystem="2.16.840.1.113883.6.1" displayName="Type du document"/>
          <title>Document d'essai</title>
          <effectiveTime value="20090312101500+0100"/>
          <confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25"/>
          <languageCode code="fr-FR"/>
          <setId root="2.999.1"/><versionNumber value="2"/>
          <recordTarget><patientRole><id root="1.2.250.1.213.1.4.10" extension="{Ins}"/><id root="2.999.7" extension="IPP-1"/></patientRole></recordTarget>
          <author><time value="20090312101500+0100"/><assignedAuthor><id root="1.2.250.1.71.4.2.1" extension="810000023084"/>
            <code code="G15_10/SM26" codeSystem="1.2.250.1.213.1.1.4.5"/><assignedPerson><name><given>Agnès</given><family>DRAGNES</family></name></assignedPerson>
            <representedOrganization><id root="1.2.250.1.71.4.2.2" extension="1750712184"/><name>Cabinet des Charmes</name></representedOrganization></assignedAuthor></author>
          {header}
          <component>{sections}</component>
        </ClinicalDocument>
        """;

    internal static string Body(params string[] sections) =>
        $"<structuredBody>{string.Concat(sections.Select(section => $"<component>{section}</component>"))}</structuredBody>";

    internal static string Section(string code, string entries, string text = "<text/>") =>
        $"""<section><code code="{code}" codeSystem="2.16.840.1.113883.6.1"/><title>Titre {code}</title>{text}{entries}</section>""";

    internal static string Entry(string statement) => $"<entry>{statement}</entry>";

    /// <summary>A document of one section of one entry.</summary>
    internal static string One(string section, string statement, string text = "<text/>") =>
        Document(Body(Section(section, Entry(statement), text)));

    /// <summary>A laboratory observation.</summary>
    internal static string Result(string inside, string code = "<code code=\"718-7\" codeSystem=\"2.16.840.1.113883.6.1\" displayName=\"Hémoglobine\"/>", string? id = null) =>
        $"""
        <observation classCode="OBS" moodCode="EVN"><templateId root="1.3.6.1.4.1.19376.1.3.1.6"/>{id}{code}<statusCode code="completed"/>{inside}</observation>
        """;
}
