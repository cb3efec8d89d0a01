using CsCheck;

namespace DmpFederation.Sdk.Tests.Doors;

/// <summary>
/// Decisions drawn by CsCheck and consumed one by one while a resource is built. When they run out every further decision is the first, plainest
/// one, so that shrinking the draw shrinks the resource.
/// </summary>
internal sealed class Choices(int[] drawn)
{
    private int next;

    public static Gen<int[]> Draw { get; } = Gen.Int[0, 1_000_000].Array[0, 400];

    public int Below(int count) => next < drawn.Length ? drawn[next++] % count : 0;

    public bool Flip() => Below(2) == 1;

    public T Of<T>(params T[] options) => options[Below(options.Length)];

    /// <summary>Null in one of three cases: the setters of the object model take it, whatever their annotation says.</summary>
    public T Maybe<T>(Func<T> make)
        where T : class => Below(3) == 0 ? null! : make();

    public List<T> Several<T>(Func<T> make)
    {
        var list = new List<T>();
        for (var count = Below(4); count > 0; count--)
            list.Add(make());
        return list;
    }
}
