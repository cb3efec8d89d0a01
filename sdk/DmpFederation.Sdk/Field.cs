using System.Text;

namespace DmpFederation.Sdk;

/// <summary>
/// Names of the JSON properties the reader looks at, at any level. The name in JSON is the member's, with a lower-case first letter. Dates and
/// people stand first, so that their ordinals index small arrays.
/// </summary>
internal enum Field : byte
{
    EffectiveDateTime, EffectivePeriod, EffectiveInstant, Issued, WhenHandedOver, WhenPrepared, AuthoredOn, DateAsserted, Date,
    OnsetDateTime, OnsetPeriod, RecordedDate, OccurrenceDateTime, OccurrencePeriod, Recorded, PerformedDateTime, PerformedPeriod,
    Period, Started, Created, BillablePeriod, DateTime, Authored, Sent,
    ContextPeriod, // the last date: not a property of its own but period.start inside context

    Performer, ResultsInterpreter, Requester, Recorder, Asserter, InformationSource, Author, Contributor, Custodian, Participant,
    ServiceProvider, Interpreter, Provider, Sender, // the last of the people

    Over, Unknown, // the end of the object; any other name
    ResourceType, Id, Meta, VersionId, LastUpdated, Security, SecurityLabel, Confidentiality, Contained, Identifier, MasterIdentifier, Subject,
    Patient, Encounter, Status, ClinicalStatus, VerificationStatus, Code, Type, Category, Class, VaccineCode, MedicationCodeableConcept,
    MedicationReference, ProcedureCode, Modality, Item, ProductOrService, Title, Description, Conclusion, Context, Content, Attachment, Result,
    Coding, System, Value, Display, Text, Unit, Comparator, Reference, Start, End, Low, High, Numerator, Denominator,
    ValueQuantity, ValueCodeableConcept, ValueString, ValueInteger, ValueBoolean, ValueRange, ValueRatio, ValueTime, ValueDateTime, ValuePeriod,
    Component, ReferenceRange, Interpretation, Quantity, DispenseRequest, DoseQuantity,
    Actor, Individual, OnBehalfOf, Name, Family, Given, Prefix, Suffix, Practitioner, Organization, Specialty,
}

/// <summary>Finds the <see cref="Field"/> of a property name without making a string.</summary>
internal static class FieldNames
{
    private const int Slots = 512;
    private static readonly byte[][] Names = [.. Enum.GetValues<Field>().Select(NameOf)];
    private static readonly byte[] Table = MakeTable();

    internal static Field Find(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
            return Field.Unknown;
        for (var slot = Slot(name); Table[slot] != (byte)Field.Over; slot = (slot + 1) % Slots)
        {
            if (name.SequenceEqual(Names[Table[slot]]))
                return (Field)Table[slot];
        }
        return Field.Unknown;
    }

    private static byte[] NameOf(Field field)
    {
        var name = Encoding.ASCII.GetBytes(field.ToString());
        name[0] |= 0x20;
        return name;
    }

    private static byte[] MakeTable()
    {
        var table = new byte[Slots];
        Array.Fill(table, (byte)Field.Over);
        foreach (var field in Enum.GetValues<Field>())
        {
            if (field is Field.Over or Field.Unknown or Field.ContextPeriod)
                continue;
            var slot = Slot(Names[(int)field]);
            while (table[slot] != (byte)Field.Over)
                slot = (slot + 1) % Slots;
            table[slot] = (byte)field;
        }
        return table;
    }

    private static int Slot(ReadOnlySpan<byte> name)
    {
        var hash = (name.Length * 31) + (name[0] * 7) + (name[^1] * 131) + (name[name.Length / 2] * 17) + (name[name.Length / 3] * 61);
        return hash % Slots;
    }
}
