using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Extraction.Reimbursement;

/// <summary>A device or service of the LPP: an ExplanationOfBenefit, since nothing says whether it was ever worn.</summary>
internal static class ReimbursedDevice
{
    internal static Fact? Read(ReimbursedLine line)
    {
        var code = line.Statement.Parts("participant").Select(one => one.At("participantRole", "playingDevice", "code"))
            .FirstOrDefault(one => one is not null);
        var device = line.Named(line.Scope.Concepts.Read(code));
        if (device.IsEmpty)
            return null;
        var delivered = ReimbursedLine.ToDay(line.Delivered);
        var provider = line.Provider ?? line.Prescriber;
        return new Fact
        {
            ResourceType = "ExplanationOfBenefit",
            Category = EntryCategory.Reimbursement,
            Source = line.Statement,
            Position = line.Scope.Position,
            Code = device,
            Date = delivered,
            Status = "active",
            Author = provider,
            PatientProperty = "patient",
            Body = json =>
            {
                json.WriteString("status", "active");
                json.Code("type", "http://terminology.hl7.org/CodeSystem/claim-type", "professional");
                json.WriteString("use", "claim");
                json.Period("billablePeriod", delivered, null);
                // R4 wants a day of creation; that of the document would make one line two resources.
                json.Time("created", delivered ?? line.Scope.Document.Created);
                json.Display("insurer", ReimbursedLine.Insurer);
                json.Display("provider", provider?.OrganizationName ?? provider?.Name ?? "Non précisé");
                json.WriteString("outcome", "complete");
                json.WriteStartArray("insurance");
                json.WriteStartObject();
                json.WriteBoolean("focal", true);
                json.Display("coverage", "Assurance maladie obligatoire");
                json.WriteEndObject();
                json.WriteEndArray();
                json.WriteStartArray("item");
                json.WriteStartObject();
                json.WriteNumber("sequence", 1);
                json.RequiredConcept("productOrService", device);
                json.Time("servicedDate", delivered);
                line.Quantity?.Write(json, "quantity");
                json.WriteEndObject();
                json.WriteEndArray();
            },
        };
    }
}
