using System.Xml.Linq;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Extraction;

/// <summary>What was done: acts, stays and visits, devices worn; and what is planned of all kinds.</summary>
internal static class ActReader
{
    internal static bool IsPlanned(XElement statement) => statement.Attr("moodCode") is { } mood && mood is not ("EVN" or "DEF");

    /// <summary>Null when the procedure says nothing of its own (a heading of the section's kind).</summary>
    internal static Fact? Procedure(XElement procedure, EntryScope scope)
    {
        var code = CodeOf(procedure, scope);
        if (code.IsEmpty || code.Has(scope.Section))
            return null;
        var (start, end) = IntervalOf(procedure);
        var status = procedure.IsNegated() ? "not-done" : procedure.Part("statusCode").Attr("code") switch
        {
            "active" => "in-progress",
            "aborted" => "stopped",
            "cancelled" => "not-done",
            _ => "completed",
        };
        var performer = scope.PerformerOf(procedure) ?? scope.Document.Author;
        return Made("Procedure", EntryCategory.Procedure, procedure, scope, code, start ?? scope.Time, status, performer, json =>
        {
            json.WriteString("status", status);
            json.RequiredConcept("code", code);
            if (end is not null)
                json.Period("performedPeriod", start, end);
            else
                json.Time("performedDateTime", start);
            json.Actor("performer", performer);
            json.Concepts("reasonCode", ReasonOf(procedure, scope));
            json.Concepts("bodySite", scope.Concepts.Read(procedure.Part("targetSiteCode")));
            json.Note(scope.CommentOf(procedure));
        });
    }

    internal static Fact? Encounter(XElement encounter, EntryScope scope)
    {
        var code = CodeOf(encounter, scope);
        var (start, end) = IntervalOf(encounter);
        if (code.IsEmpty && start is null)
            return null;
        var performer = scope.PerformerOf(encounter) ?? scope.Document.Author;
        var classCode = code.First is { System: CodeSystems.ActCode } act ? act.Code : null;
        return Made("Encounter", EntryCategory.Encounter, encounter, scope, code, start ?? scope.Time, "finished", performer, json =>
        {
            json.WriteString("status", "finished");
            json.WriteStartObject("class");
            json.WriteString("system", CodeSystems.ActCode);
            json.WriteString("code", classCode ?? "AMB");
            json.WriteEndObject();
            json.Concepts("type", code);
            if (performer is not null)
            {
                json.WriteStartArray("participant");
                json.WriteStartObject();
                json.Person("individual", performer);
                json.WriteEndObject();
                json.WriteEndArray();
            }
            json.Period("period", start, end);
            json.Concepts("reasonCode", ReasonOf(encounter, scope));
        });
    }

    /// <summary>A device in use, or prescribed.</summary>
    internal static Fact? Device(XElement supply, EntryScope scope)
    {
        var role = supply.Parts("participant").Select(one => one.Part("participantRole"))
            .FirstOrDefault(one => one.Part("playingDevice") is not null);
        var device = scope.Concepts.Read(role.At("playingDevice", "code"));
        if (device.IsEmpty)
            device = device.WithText(role.At("playingDevice", "manufacturerModelName").Line() ?? scope.TextOf(supply.Part("text")));
        if (device.IsEmpty)
            return null;
        var (start, end) = IntervalOf(supply);
        var author = scope.AuthorOf(supply) ?? scope.Document.Author;
        if (IsPlanned(supply))
        {
            return Made("DeviceRequest", EntryCategory.Other, supply, scope, device, scope.Document.Created, "active", author, json =>
            {
                json.WriteString("status", "active");
                json.WriteString("intent", "order");
                json.RequiredConcept("codeCodeableConcept", device);
                json.Period("occurrencePeriod", start, end);
                json.Time("authoredOn", scope.Document.Created);
                json.Person("requester", author);
                json.Note(scope.CommentOf(supply));
            });
        }
        return Made("DeviceUseStatement", EntryCategory.Other, supply, scope, device, start ?? scope.Document.Created, "active", author, json =>
        {
            json.WriteString("status", "active");
            json.Period("timingPeriod", start, end);
            json.Time("recordedOn", scope.Document.Created);
            json.WriteStartObject("device");
            json.WriteString("display", device.Label);
            json.WriteEndObject();
            json.Note(scope.CommentOf(supply));
        });
    }

    /// <summary>Something intended, asked for, promised or aimed at: never shown as done.</summary>
    internal static Fact? Planned(XElement statement, EntryScope scope)
    {
        var code = CodeOf(statement, scope);
        if (code.IsEmpty)
            return null;
        var (start, end) = IntervalOf(statement);
        var author = scope.PerformerOf(statement) ?? scope.Document.Author;
        var note = scope.TextOf(statement.Part("text"));
        if (statement.Attr("moodCode") == "GOL")
        {
            var value = ValueReader.Read(statement, scope.Document).Envelope;
            var goal = Made("Goal", EntryCategory.Other, statement, scope, code, start ?? scope.Document.Created, "active", author, json =>
            {
                json.WriteString("lifecycleStatus", "active");
                json.RequiredConcept("description", code);
                if (start is { Precision: not DatePrecision.Instant })
                    json.Time("startDate", start);
                json.Note(note, scope.CommentOf(statement));
            });
            return goal with { Value = value };
        }
        return Made("ServiceRequest", EntryCategory.Other, statement, scope, code, start ?? scope.Document.Created, "active", author, json =>
        {
            json.WriteString("status", "active");
            json.WriteString("intent", statement.Attr("moodCode") switch
            {
                "RQO" or "ARQ" or "APT" => "order",
                "PRP" => "proposal",
                _ => "plan",
            });
            json.RequiredConcept("code", code);
            if (end is not null)
                json.Period("occurrencePeriod", start, end);
            else
                json.Time("occurrenceDateTime", start);
            json.Time("authoredOn", scope.Document.Created);
            json.Person("requester", author);
            json.Note(note, scope.CommentOf(statement));
        });
    }

    internal static Concept ReasonOf(XElement statement, EntryScope scope) => scope.Concepts.Read(
        statement.Parts("entryRelationship").Where(relation => relation.Attr("typeCode") == "RSON")
            .SelectMany(relation => relation.Elements()).Select(element => element.Part("code")).FirstOrDefault(code => code is not null));

    internal static (FhirDate? Start, FhirDate? End) IntervalOf(XElement statement)
    {
        var time = statement.Part("effectiveTime");
        return (CdaTime.LowOf(time) ?? CdaTime.StartOf(time), CdaTime.HighOf(time));
    }

    private static Concept CodeOf(XElement statement, EntryScope scope)
    {
        var code = scope.Concepts.Read(statement.Part("code"));
        return code.IsEmpty ? code.WithText(scope.TextOf(statement.Part("text"))) : code;
    }

    private static Fact Made(
        string type, EntryCategory category, XElement source, EntryScope scope, Concept code, FhirDate? date, string status, EntryAuthor? author,
        Action<System.Text.Json.Utf8JsonWriter> body) => new()
        {
            ResourceType = type,
            Category = category,
            Source = source,
            Position = scope.Position,
            Code = code,
            Fallback = scope.SectionTitle,
            Date = date,
            Status = status,
            Author = author,
            Body = body,
        };
}
