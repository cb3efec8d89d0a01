using System.Text.Json.Serialization;

namespace DmpFederation.Sdk.Conformance.Fixtures;

/// <summary>What <c>conformance.json</c> says: a legacy system, who is in it, and what a right connector makes of it.</summary>
internal sealed class Fixture
{
    [JsonPropertyName("$schema")]
    public string? Schema { get; set; }

    /// <summary>The moment the source's clock starts at; null for the machine's.</summary>
    public DateTimeOffset? Now { get; set; }

    public required Dictionary<string, string> Settings { get; set; }

    public required List<string> PatientKeySystems { get; set; }

    public required LegacyFixture Legacy { get; set; }

    public required List<PatientFixture> Patients { get; set; }

    public required PersonFixture UnknownPatient { get; set; }

    /// <summary>Faults the legacy's format cannot show, with the reason.</summary>
    public Dictionary<string, string> NotApplicable { get; set; } = [];

    public List<IdentityFixture> Identities { get; set; } = [];

    public List<DocumentFixture> Documents { get; set; } = [];

    public DirectoryFixture? Directory { get; set; }

    public ChangesFixture? Changes { get; set; }

    public List<PreviewFixture> Previews { get; set; } = [];

    public List<ReplayFixture> Replays { get; set; } = [];

    /// <summary>Every code the connector knows no national or international code for; null when it does not tell.</summary>
    public List<UnmappedFixture>? Unmapped { get; set; }

    public List<WriteFixture> Writes { get; set; } = [];

    [JsonIgnore]
    public IEnumerable<PersonFixture> Persons => Patients.Append(UnknownPatient);

    public PatientFixture Patient(string name) => Patients.First(patient => patient.Name == name);
}

internal sealed class KeyFixture
{
    public required string System { get; set; }

    public required string Value { get; set; }

    [JsonIgnore]
    public PatientKey Key => new(System, Value);
}

internal class PersonFixture
{
    public required KeyFixture Key { get; set; }

    public TraitsFixture? Traits { get; set; }

    [JsonIgnore]
    public PatientQuery Query => new(Key.Key, Traits?.Certified(Key.Key));
}

internal sealed class PatientFixture : PersonFixture
{
    public required string Name { get; set; }

    public required List<EntryFixture> Entries { get; set; }

    /// <summary>Codes of the <see cref="Unreadable"/> items expected, in any order.</summary>
    public List<string> Unreadable { get; set; } = [];

    /// <summary>Codes of the <see cref="ReadGap"/> items expected, in any order.</summary>
    public List<string> Gaps { get; set; } = [];
}

/// <summary>An expected entry. What is null is not compared.</summary>
internal sealed class EntryFixture
{
    public required string LocalId { get; set; }

    public required string Category { get; set; }

    public string? Code { get; set; }

    public string? Date { get; set; }

    public string? Title { get; set; }
}

internal sealed class IdentityFixture
{
    public required string Patient { get; set; }

    public required List<TraitsFixture> Persons { get; set; }
}

internal sealed class DocumentFixture
{
    public required string Patient { get; set; }

    public required string LocalId { get; set; }

    public required string ContentType { get; set; }

    public required string Sha256 { get; set; }

    public long? Length { get; set; }
}

internal sealed class DirectoryFixture
{
    /// <summary>Values of every patient key the source lists.</summary>
    public required List<string> Keys { get; set; }

    public List<int> Partitions { get; set; } = [1, 3];
}

internal sealed class ChangesFixture
{
    public required List<ChangeStepFixture> Steps { get; set; }

    /// <summary>A cursor the source never gave.</summary>
    public string BadCursor { get; set; } = "not-a-cursor";
}

internal sealed class ChangeStepFixture : LegacyStepFixture
{
    public required string Name { get; set; }

    public List<string> Changed { get; set; } = [];

    public List<string> Withdrawn { get; set; } = [];

    public List<string> Unreadable { get; set; } = [];
}

internal class PreviewFixture
{
    public required string File { get; set; }

    public List<EntryFixture> Entries { get; set; } = [];

    public List<string> Unreadable { get; set; } = [];
}

/// <summary>An item that was kept because nobody could read it, with its bytes as a file, and what a right plug-in makes of it now.</summary>
internal sealed class ReplayFixture : PreviewFixture
{
    /// <summary>Why it was kept.</summary>
    public required string Code { get; set; }

    /// <summary>Name of the patient it was filed under; null when it named nobody.</summary>
    public string? Patient { get; set; }

    public string? LocalId { get; set; }

    public string? Position { get; set; }
}

/// <summary>A code of the source without a national one. What is null is not compared.</summary>
internal sealed class UnmappedFixture
{
    public required string System { get; set; }

    public required string Code { get; set; }

    public required long Count { get; set; }

    public string? Label { get; set; }

    public string? Unit { get; set; }
}

internal sealed class WriteFixture
{
    public required string Patient { get; set; }

    /// <summary>File with the FHIR resource.</summary>
    public required string Resource { get; set; }

    /// <summary>File with other bytes for the same key.</summary>
    public required string OtherResource { get; set; }

    /// <summary>The hub's id of the fact.</summary>
    public required string LocalId { get; set; }

    /// <summary>What the legacy answers once the write is done; null when it keeps state itself.</summary>
    public LegacyStepFixture? Written { get; set; }
}
