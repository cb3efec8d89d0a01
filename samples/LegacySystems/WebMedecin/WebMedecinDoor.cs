using DmpFederation.LegacySystems.Drip;
using DmpFederation.SyntheticFrance.Living;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Truth;

namespace DmpFederation.LegacySystems.WebMedecin;

/// <summary>
/// Claims go on: the back office stores lines, corrects them and takes them back, over the service's internal routes (README). What a patient's
/// lines are now is asked first, so that an event that came twice is stored once.
/// </summary>
internal sealed class WebMedecinDoor(HttpClient http) : ILegacyDoor
{
    private static readonly string Oid = PatientListWriter.System["urn:oid:".Length..];

    public string SourceId => WebMedecinSystem.Name;

    public async Task WriteAsync(SyntheticPatient after, WorldEvent happened, CancellationToken cancellationToken)
    {
        var matricule = after.RecordedIdentity(SourceId).InsNir;
        var before = await LinesOfAsync(matricule, cancellationToken);
        foreach (var (fact, origin) in happened.Held())
        {
            var line = DepositOf(WorldLine.Of(fact, origin, after.Index + 1L, after.Attending), matricule);
            var standing = before.Find(one => one.IsThat(line));
            switch (happened.Kind)
            {
                case WorldEventKind.Withdrawal when standing is not null:
                    await SendAsync(HttpMethod.Delete, $"interne/lignes/{standing.Numero}", null, cancellationToken);
                    break;
                case WorldEventKind.Correction when (standing ?? before.Find(one => one.IsThatOnTheDayAfter(line))) is { } wrong:
                    await SendAsync(HttpMethod.Put, $"interne/lignes/{wrong.Numero}", line, cancellationToken);
                    break;
                case WorldEventKind.NewFact or WorldEventKind.LateCopy when standing is null:
                    await SendAsync(HttpMethod.Post, "interne/lignes", line, cancellationToken);
                    break;
                default:
                    // It came before.
                    break;
            }
        }
    }

    private static LineDeposit DepositOf(ReimbursedLineRow line, string matricule) => new()
    {
        Oid = Oid,
        Matricule = matricule,
        Nature = line.Nature,
        Jour = ReimbursementRegister.Day(line.Day),
        Fin = line.End is { } end ? ReimbursementRegister.Day(end) : null,
        Systeme = line.System,
        Code = line.Code,
        Libelle = line.Label,
        Groupe = line.Group,
        Quantite = line.Quantity,
        Identifiant = line.Identifier,
        Executant = ProfessionalDeposit.Of(line.Performer),
        Prescripteur = line.Prescriber is { } prescriber ? ProfessionalDeposit.Of(prescriber) : null,
    };

    private async Task<List<StandingLine>> LinesOfAsync(string matricule, CancellationToken cancellationToken)
    {
        using var answer = await AskAsync(HttpMethod.Post, "interne/recherche", new { oid = Oid, matricule }, cancellationToken);
        return await answer.Content.ReadFromJsonAsync<List<StandingLine>>(cancellationToken) ?? [];
    }

    private async Task SendAsync(HttpMethod method, string path, LineDeposit? body, CancellationToken cancellationToken)
    {
        using var answer = await AskAsync(method, path, body, cancellationToken);
    }

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, body.GetType()) };
        var answer = await http.SendAsync(request, cancellationToken);
        if (answer.IsSuccessStatusCode)
            return answer;
        answer.Dispose();
        throw new HttpRequestException($"The service answered {(int)answer.StatusCode}.", null, answer.StatusCode);
    }

    /// <summary>A line as the service tells it.</summary>
    private sealed record StandingLine(long Numero, string Nature, string Jour, string Systeme, string Code, int? Quantite, string? Identifiant)
    {
        public bool IsThat(LineDeposit line) =>
            line.Identifiant is { } own ? Identifiant == own : Identifiant is null && IsLike(line) && Jour == line.Jour;

        /// <summary>An act that is corrected to the day before.</summary>
        public bool IsThatOnTheDayAfter(LineDeposit line) =>
            Identifiant is null && IsLike(line) && LineDeposit.IsDay(line.Jour, out var day) && Jour == ReimbursementRegister.Day(day.AddDays(1));

        private bool IsLike(LineDeposit line) => (Nature, Systeme, Code) == (line.Nature, line.Systeme, line.Code);
    }
}
