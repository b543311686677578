package io.reelgate.job.store;

import io.reelgate.job.JobStatus;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** Stores a status as its word. */
@Converter(autoApply = true)
class JobStatusConverter implements AttributeConverter<JobStatus, String> {

    @Override
    public String convertToDatabaseColumn(JobStatus status) {
        return status.word();
    }

    @Override
    public JobStatus convertToEntityAttribute(String word) {
        return JobStatus.of(word);
    }
}
