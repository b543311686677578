package io.reelgate.billing.spend;

import java.time.LocalDate;

/** What an app spent on a model on a day. */
public record UsageLine(LocalDate day, String model, SpendLine spent) {}
