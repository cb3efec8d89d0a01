using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Identity;

public sealed class KeyTranslatorTests
{
    private static readonly TestPatient Patient = APatient.Known();

    [Fact]
    public void A_source_that_understands_the_system_is_asked_as_it_is_without_any_identity()
    {
        var translation = KeyTranslator.Translate(Patient.Ins, CertifiedIdentity.Unavailable, [PatientKeySystems.InsC, PatientKeySystems.InsNirTest]);

        translation.Key.Should().Be(Patient.Ins.Key);
    }

    [Fact]
    public void A_source_of_2009_is_asked_by_the_computed_INS_C()
    {
        var traits = Patient.Traits with { Keys = [Patient.Ins.Key] };

        KeyTranslator.Translate(Patient.Ins, CertifiedIdentity.Found(traits), [PatientKeySystems.InsC]).Key.Should().Be(Patient.InsC.Key);
    }

    [Fact]
    public void A_linked_INS_C_serves_when_traits_are_missing()
    {
        var traits = Patient.Traits with { GivenNames = [] };

        KeyTranslator.Translate(Patient.Ins, CertifiedIdentity.Found(traits), [PatientKeySystems.InsC]).Key.Should().Be(Patient.InsC.Key);
    }

    [Fact]
    public void A_linked_INS_C_that_is_not_the_computed_one_is_not_chosen_over_it()
    {
        var traits = Patient.Traits with { Keys = [Patient.Ins.Key, APatient.Number(2).InsC.Key] };

        KeyTranslator.Translate(Patient.Ins, CertifiedIdentity.Found(traits), [PatientKeySystems.InsC]).Reason.Should().Be("INS_C_DISAGREES");
    }

    [Fact]
    public void Several_linked_INS_C_are_not_chosen_between()
    {
        var traits = Patient.Traits with { Keys = [.. Patient.Traits.Keys, APatient.Number(2).InsC.Key] };

        KeyTranslator.Translate(Patient.Ins, CertifiedIdentity.Found(traits), [PatientKeySystems.InsC]).Reason.Should().Be("INS_C_DISAGREES");
    }

    [Fact]
    public void A_linked_INS_C_with_a_wrong_key_links_nothing()
    {
        var wrong = new PatientKey(PatientKeySystems.InsC, Patient.InsC.Value[..21] + (Patient.InsC.Value[21] == '0' ? '1' : '0'));
        var traits = Patient.Traits with { GivenNames = [], Keys = [wrong] };

        KeyTranslator.Translate(Patient.Ins, CertifiedIdentity.Found(traits), [PatientKeySystems.InsC]).Reason.Should().Be("INS_C_NOT_COMPUTABLE");
    }

    [Fact]
    public void A_waiting_number_has_no_INS_C()
    {
        var nia = AnIns.Of(PatientKeySystems.InsNia, "3" + "500815051040" + NirKey.Compute("3500815051040")!.Value.ToString("D2"));
        var traits = Patient.Traits with { Keys = [nia.Key] };

        KeyTranslator.Translate(nia, CertifiedIdentity.Found(traits), [PatientKeySystems.InsC]).Reason.Should().Be("INS_C_NOT_COMPUTABLE");
    }

    [Fact]
    public void Asked_by_INS_C_a_newer_source_needs_the_linked_NIR()
    {
        KeyTranslator.Translate(Patient.InsC, Patient.Identity, [PatientKeySystems.InsNirTest]).Key.Should().Be(Patient.Ins.Key);
        KeyTranslator.Translate(Patient.InsC, CertifiedIdentity.Found(Patient.Traits with { Keys = [Patient.InsC.Key] }),
            [PatientKeySystems.InsNirTest])
            .Reason.Should().Be("KEY_NOT_UNDERSTOOD");
    }

    [Fact]
    public void A_linked_NIR_that_does_not_lead_back_to_the_INS_C_is_not_used()
    {
        var traits = Patient.Traits with { Keys = [APatient.Number(3).Ins.Key, Patient.InsC.Key] };

        KeyTranslator.Translate(Patient.InsC, CertifiedIdentity.Found(traits), [PatientKeySystems.InsNirTest]).Reason.Should().Be("INS_C_DISAGREES");
    }

    [Fact]
    public void A_test_number_is_never_taken_for_a_production_number() =>
        KeyTranslator.Translate(Patient.Ins, Patient.Identity, [PatientKeySystems.InsNir]).Reason.Should().Be("KEY_NOT_UNDERSTOOD");

    [Fact]
    public void A_source_with_local_identifiers_is_not_understood_whatever_the_identity() =>
        KeyTranslator.Translate(Patient.Ins, CertifiedIdentity.Unavailable, ["urn:oid:1.2.3.4"]).Reason.Should().Be("KEY_NOT_UNDERSTOOD");

    [Fact]
    public void Why_there_is_no_identity_is_told_apart()
    {
        KeyTranslator.Translate(Patient.Ins, CertifiedIdentity.Unknown, [PatientKeySystems.InsC]).Reason.Should().Be("IDENTITY_UNKNOWN");
        KeyTranslator.Translate(Patient.Ins, CertifiedIdentity.Several, [PatientKeySystems.InsC]).Reason.Should().Be("IDENTITY_AMBIGUOUS");
        KeyTranslator.Translate(Patient.Ins, CertifiedIdentity.Unavailable, [PatientKeySystems.InsC]).Reason.Should().Be("IDENTITY_UNAVAILABLE");
    }

    [Fact]
    public void A_birth_date_known_to_the_month_counts_with_day_zero()
    {
        var traits = Patient.Traits with { BirthDate = FhirDate.Parse("1938-03"), GivenNames = ["FRANCK"], Keys = [] };
        var ins = AnIns.Of(PatientKeySystems.InsNirTest, "1380390104027" + NirKey.Compute("1380390104027")!.Value.ToString("D2"));

        KeyTranslator.Translate(ins, CertifiedIdentity.Found(traits), [PatientKeySystems.InsC]).Key!.Value.Value
            .Should().Be("1215965973479473546018");
    }
}
