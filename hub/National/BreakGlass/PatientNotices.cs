using DmpFederation.Hub.Access.BreakGlass;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.National.Engine;
using DmpFederation.Hub.National.Persons;
using DmpFederation.Sdk;
using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.National.BreakGlass;

/// <summary>What patients were told, on EF Core.</summary>
internal sealed class PatientNotices(NationalStore store) : IPatientNotices
{
    public Task<IReadOnlyList<GivenNotice>> ListAsync(PatientKey key, int first, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        return StoreBorder.Policies.ReadAsync<IReadOnlyList<GivenNotice>>(
            store,
            async db =>
            {
                var persons = PersonKeys.InForce(db, key).Select(static link => link.PersonId);
                var notices = await db.Notices.AsNoTracking().Where(notice => persons.Contains(notice.PersonId))
                    .OrderByDescending(static notice => notice.Id).Take(first).ToListAsync(cancellationToken);
                return notices.ConvertAll(static notice =>
                    new GivenNotice(notice.GivenAt, new Notice(notice.Kind, notice.Wording, notice.TicketId)));
            },
            cancellationToken);
    }
}
