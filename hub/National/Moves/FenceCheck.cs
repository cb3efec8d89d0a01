using DmpFederation.Hub.Migration.Leases;
using DmpFederation.Hub.National.Engine;

namespace DmpFederation.Hub.National.Moves;

/// <summary>Whether a right still holds, asked inside the transaction that writes under it: nobody can take it over until that one ends.</summary>
internal static class FenceCheck
{
    /// <exception cref="FencedOffException">Another owner has it, or nobody ever had.</exception>
    public static async Task HoldAsync(NationalDb db, Fence fence, CancellationToken cancellationToken)
    {
        await using var find = new RepeatedStatement(db, $"SELECT token FROM migration_lease WHERE work = @work{db.ForShare}", "@work");
        find.Add(fence.Work);
        var holds = false;
        await find.ReadAsync((_, row) => holds = row.GetInt64(0) == fence.Token, cancellationToken);
        if (!holds)
            throw new FencedOffException(fence);
    }
}
