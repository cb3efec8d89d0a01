namespace DmpFederation.Hub.Quarantine.Store;

/// <summary>One database engine under the quarantine: the only place where engines differ.</summary>
internal interface IQuarantineDatabase
{
    /// <summary>True when there is a database, usable or not.</summary>
    bool Exists { get; }

    /// <summary>A context of its own for one piece of work.</summary>
    QuarantineDb Connect();

    /// <summary>Makes the database and its schema when there is none, protects it, and checks that this hub knows its schema.</summary>
    /// <exception cref="QuarantineUnavailableException">The schema is another hub's.</exception>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Stable code of a fault; no message of an engine leaves this border.</summary>
    string CodeOf(Exception fault);
}
