namespace DmpFederation.SyntheticFrance.Randomness;

/// <summary>
/// One sequence of dice for each part of a patient, so that a new part of the world leaves the others as they were. Numbers are never reused.
/// </summary>
internal static class Streams
{
    public const int Identity = 1;
    public const int Life = 2;
    public const int Kin = 3;
    public const int Traps = 4;
    public const int OtherIdentity = 5;
    public const int OtherLife = 6;
    public const int Body = 7;
    public const int RepeatedExams = 8;
    public const int MedicinesApart = 9;
    public const int BookErrors = 10;
    public const int Diabetes = 11;
    public const int Heart = 12;
    public const int Childhood = 13;
    public const int Cancer = 14;
    public const int Reimbursements = 31;
    public const int RegionalResults = 60;
    public const int Living = 80;
    public const int LivingOn = 81;
}
