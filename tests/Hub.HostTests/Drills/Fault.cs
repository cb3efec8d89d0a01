namespace DmpFederation.Hub.HostTests.Drills;

/// <summary>What a legacy system does wrong while it is asked.</summary>
public enum Fault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The connection breaks as soon as the request has arrived.</summary>
    Dies,

    /// <summary>The request is done, and the connection breaks in place of the answer.</summary>
    LosesAnswer,

    /// <summary>The request is done, and never answered.</summary>
    KeepsAnswer,

    /// <summary>Status 503 for every request, none of which is done.</summary>
    Unavailable,

    /// <summary>The request is taken and never answered.</summary>
    Hangs,

    /// <summary>The right answer, sixteen bytes every tenth of a second.</summary>
    Drips,

    /// <summary>Status 200 and bytes that mean nothing.</summary>
    Garbage,

    /// <summary>The right answer without its second half, ended as if it were whole.</summary>
    Truncated,

    /// <summary>The right answer, then white space up to 200 MB.</summary>
    Huge,

    /// <summary>A gzip body of a megabyte that unfolds to a gigabyte.</summary>
    Bomb,

    /// <summary>Sent to another address.</summary>
    Redirects,

    /// <summary>Status 500 for every third request.</summary>
    FailsOneInThree,

    /// <summary>The answer about another patient.</summary>
    AnotherPatient,

    /// <summary>The right answer, by a clock ten years ahead.</summary>
    FutureClock,
}
