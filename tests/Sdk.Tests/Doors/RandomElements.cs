using Hl7.Fhir.Model;

namespace DmpFederation.Sdk.Tests.Doors;

/// <summary>Random FHIR data types: usual and odd, never impossible.</summary>
internal sealed class RandomElements(Choices choices)
{
    private static readonly string[] Texts =
    [
        "Hémoglobine A1c", "a",
        "\"quoted\" \\ slashed / </b>", "日本語の検査", "👩🏽‍⚕️ infirmière", "e\u0301 combining", "عربي \u200f", "line\nbreak\ttab",
        "\u00a0", "   ", "\ufffd", new('x', 400), "urn:oid:1.2", "#p1", "null", "Zürich – Œuvre",
    ];

    private static readonly string[] Systems =
    [
        "http://loinc.org", "http://snomed.info/sct", "urn:oid:1.2.250.1.213.2.3.2", "http://terminology.hl7.org/CodeSystem/observation-category",
        "http://terminology.hl7.org/CodeSystem/v2-0074", ConfidentialitySystems.V3, ConfidentialitySystems.TreA07, "http://unitsofmeasure.org",
        "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", "http://example.org/" + new string('s', 300),
        "https://mos.esante.gouv.fr/NOS/TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante", "urn:oid:1.2.250.1.71.4.2.1",
        "https://rpps.esante.gouv.fr", PatientKeySystems.InsNirTest,
    ];

    private static readonly string[] Codes =
    [
        "4548-4", "8480-6", "8462-4", "85354-9", "vital-signs", "laboratory", "imaging", "survey", "LAB", "RAD", "N", "R", "MASQUE_PS", "mm[Hg]",
        "mg/dL", "18748-4", "11502-2", "entered-in-error", "active", "H", "10", "SM26", "G15_10/SM26", "code with space", "é",
    ];

    private static readonly string[] Dates =
    [
        "2009", "2009-03", "2009-03-12", "2009-03-12T08:15:00+01:00", "2009-03-12T08:15:00Z", "2009-03-12T08:15:30.1234567-05:00",
        "1900-01-01", "9999-12-31", "2016-12-31T23:59:60Z", "0001-01-01T00:00:00+14:00",
    ];

    public string Text() => choices.Of(Texts);

    public string Date() => choices.Of(Dates);

    public FhirDateTime DateTime() => Odd(new FhirDateTime(Date()));

    public Instant Moment() => new(new DateTimeOffset(
        2000 + choices.Below(30), 1 + choices.Below(12), 1 + choices.Below(28), choices.Below(24), 5, 9, TimeSpan.FromHours(choices.Below(5) - 2)));

    public Period Period() => new() { Start = choices.Maybe(Date), End = choices.Maybe(Date) };

    public Hl7.Fhir.Model.Coding Coding() => Odd(new Hl7.Fhir.Model.Coding
    {
        System = choices.Maybe(() => choices.Of(Systems)),
        Code = choices.Maybe(() => choices.Of(Codes)),
        Display = choices.Maybe(Text),
    });

    public CodeableConcept Concept() => Odd(new CodeableConcept { Coding = choices.Several(Coding), Text = choices.Maybe(Text) });

    public Identifier Identifier() => Odd(new Identifier
    {
        System = choices.Maybe(() => choices.Of(Systems)),
        Value = choices.Maybe(() => choices.Of("12345678901", "a|b", Text())),
    });

    public Quantity Quantity()
    {
        var quantity = new Quantity
        {
            Value = choices.Of<decimal?>(null, 0, 1, 7.4m, 7.40m, -3, 120, 80, 0.000001m, 123456789012345678m, 1e-20m),
            Unit = choices.Maybe(() => choices.Of("mg/dL", "mmHg", "%", "boîte(s)")),
            Code = choices.Maybe(() => choices.Of("mg/dL", "mm[Hg]", "%", "30009000")),
            System = choices.Maybe(() => choices.Of(Systems)),
        };
        if (choices.Below(5) == 1)
        {
            quantity.Comparator = choices.Of(
                Hl7.Fhir.Model.Quantity.QuantityComparator.LessThan, Hl7.Fhir.Model.Quantity.QuantityComparator.GreaterOrEqual);
        }
        return quantity;
    }

    public ResourceReference Reference() => Odd(new ResourceReference
    {
        Reference = choices.Maybe(() => choices.Of(
            "#p1", "#o1", "#r1", "#d1", "#m1", "#none", "#", "Practitioner/1", "Organization/9", "https://a.fr/fhir/Organization/9", "urn:uuid:3",
            "Patient?identifier=urn:oid:1.2.250.1.213.1.4.10|279035121518989", "Patient?identifier=urn%3Aoid%3A1.2%7C33", "Patient?identifier=|3")),
        Type = choices.Maybe(() => choices.Of("Practitioner", "Organization", "Patient")),
        Identifier = choices.Maybe(Identifier),
        Display = choices.Maybe(Text),
    });

    public HumanName Name() => new()
    {
        Text = choices.Below(4) == 1 ? Text() : null,
        Family = choices.Maybe(Text),
        Given = choices.Several(Text),
        Prefix = choices.Several(() => "Dr"),
        Suffix = choices.Several(() => "MD"),
    };

    public DataType? Value() => choices.Below(12) switch
    {
        0 => null,
        1 => Concept(),
        2 => Odd(new FhirString(Text())),
        3 => new Integer(choices.Below(500)),
        4 => new FhirBoolean(choices.Flip()),
        5 => new Hl7.Fhir.Model.Range { Low = choices.Maybe(Quantity), High = choices.Maybe(Quantity) },
        6 => new Ratio { Numerator = choices.Maybe(Quantity), Denominator = choices.Maybe(Quantity) },
        7 => new Time("08:15:00"),
        8 => DateTime(),
        9 => Period(),
        10 => new SampledData { Origin = Quantity(), Period = 1, Dimensions = 1, Data = "1 2 3" },
        _ => Quantity(),
    };

    public List<Resource> Contained()
    {
        var all = new List<Resource>
        {
            new Medication { Id = "m1", Code = choices.Maybe(Concept) },
            new Practitioner { Id = "p1", Name = choices.Several(Name), Identifier = choices.Several(Identifier) },
            new Organization { Id = "o1", Name = choices.Maybe(Text), Identifier = choices.Several(Identifier) },
            new PractitionerRole
            {
                Id = "r1",
                Practitioner = choices.Maybe(Reference),
                Organization = choices.Maybe(Reference),
                Code = choices.Several(Concept),
                Specialty = choices.Several(Concept),
                Identifier = choices.Several(Identifier),
            },
            new Device { Id = "d1", DeviceName = { new Device.DeviceNameComponent { Name = "analyser" } } },
        };
        return [.. all.Where(_ => choices.Flip())];
    }

    // A primitive extension beside a value, or an extension in its stead.
    private T Odd<T>(T element)
        where T : Element
    {
        if (choices.Below(6) == 5)
            element.AddExtension("http://hl7.org/fhir/StructureDefinition/data-absent-reason", new Code("masked"));
        return element;
    }
}
