using System.Threading.Channels;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation.Masking;

/// <summary>
/// Writes down what answers teach about masks, behind them: no answer waits for it, and its time tells nothing. What does not fit the queue or cannot
/// be written is learned again from the next answer.
/// </summary>
internal sealed class MaskMemory(IPolicyStore policies, ILogger<MaskMemory> logger, TimeProvider clock) : BackgroundService
{
    private const int MostWaiting = 1024;
    private const string By = "hub:masks";

    private readonly Channel<Learned> waiting = Channel.CreateBounded<Learned>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Takes the lessons of one patient's answer, or drops them when too much waits.</summary>
    /// <param name="person">The person whose policy hid something.</param>
    /// <param name="keys">Identifiers of the person, the one asked under first.</param>
    /// <param name="lessons">What was learned.</param>
    public void Take(PersonId person, IReadOnlyList<PatientKey> keys, IReadOnlyList<MaskLesson> lessons)
    {
        if (lessons.Count > 0)
            waiting.Writer.TryWrite(new Learned(person, keys, lessons));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var learned in waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await WriteAsync(learned, stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // The border to the store: whatever it is, the next answer teaches the same.
                logger.LessonNotWritten(fault is PolicyUnavailableException unavailable ? unavailable.Code : fault.GetType().Name);
            }
        }
    }

    private async Task WriteAsync(Learned learned, CancellationToken cancellationToken)
    {
        foreach (var lesson in learned.Lessons)
        {
            // Only a key that is linked already is used: reading links nothing.
            if (await LinkedAsync(learned, cancellationToken) is not var (key, policy))
                return;
            var mask = policy.Masks.FirstOrDefault(mask => mask.Target == lesson.Target && mask.Visibility == lesson.Visibility);
            if (ChangeFor(lesson, mask) is { } change)
                await policies.ApplyAsync([key], change, By, cancellationToken);
        }
    }

    private async Task<(PatientKey Key, PatientPolicy Policy)?> LinkedAsync(Learned learned, CancellationToken cancellationToken)
    {
        foreach (var key in learned.Keys)
        {
            if (await policies.FindAsync(key, cancellationToken) is var policy && policy.Person == learned.Person)
                return (key, policy);
        }
        return null;
    }

    /// <summary>Null when the mask has changed hands meanwhile, or knows it already.</summary>
    private PolicyChange? ChangeFor(MaskLesson lesson, Mask? mask)
    {
        if (lesson.EntryIds.Count == 0)
            return mask is not null && mask.SetBy == lesson.SetBy ? new PolicyChange.RemoveMask(lesson.Target, lesson.Visibility) : null;
        if (mask is not null)
        {
            if (mask.Lifts && RememberedLabels.IsLabel(lesson.SetBy))
                return null;
            string[] missing = [.. lesson.EntryIds.Except(mask.Reach, StringComparer.Ordinal)];
            return missing.Length == 0 ? null : new PolicyChange.Extend(lesson.Target, lesson.Visibility, missing);
        }
        return !RememberedLabels.IsLabel(lesson.SetBy)
            ? null
            : new PolicyChange.SetMask(new Mask
            {
                Target = lesson.Target,
                Visibility = lesson.Visibility,
                Reach = lesson.EntryIds,
                Since = clock.GetUtcNow(),
                SetBy = lesson.SetBy,
            });
    }

    private sealed record Learned(PersonId Person, IReadOnlyList<PatientKey> Keys, IReadOnlyList<MaskLesson> Lessons);
}
