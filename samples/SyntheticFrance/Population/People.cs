using DmpFederation.SyntheticFrance.Randomness;

namespace DmpFederation.SyntheticFrance.Population;

/// <summary>Who each patient of a world is, kin included. Patient i depends on the seed, the day and at most the patient before.</summary>
internal sealed class People(int seed, DateOnly today)
{
    private readonly Registry registry = new(seed, today);

    public Person this[int index]
    {
        get
        {
            var kin = Kinship.Of(seed, index);
            if (kin == Kin.None)
                return Alone(index);
            var other = Alone(index - 1);
            return kin == Kin.Child
                ? Registry.ChildOf(other, Draw(index, (2, 14)))
                : Registry.Alike(Draw(index, null), other, kin, new Dice(seed, index, Streams.Kin));
        }
    }

    // A person as they are whoever follows, but for being of an age to be the parent, or so named as the twin, of the one who does.
    private Person Alone(int index)
    {
        var next = Kinship.OfNext(seed, index);
        var person = Draw(index, index == 0 ? (58, 66) : next == Kin.Child ? (28, 45) : null);
        var dice = new Dice(seed, index, Streams.Kin);
        return next == Kin.Twin && dice.Chance(0.5) ? Registry.NamedAlike(person, dice) : person;
    }

    private Person Draw(int index, (int From, int To)? age)
    {
        var dice = new Dice(seed, index, Streams.Identity);
        return registry.Draw(index, dice, age ?? AgeBand(dice));
    }

    // Older than the French: records are.
    private static (int From, int To) AgeBand(Dice dice) => dice.Next(100) switch
    {
        < 10 => (2, 17),
        < 30 => (18, 39),
        < 60 => (40, 64),
        < 90 => (65, 84),
        _ => (85, 99),
    };
}
